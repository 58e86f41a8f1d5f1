package io.maquette.provider.openai;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/**
 * REST client of OpenAI's list of models (developers.openai.com, API reference, List models,
 * 2026-11).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Produces(MediaType.APPLICATION_JSON)
public interface OpenAiModelsClient {

  /** Response body: the models that the key may use. */
  record Models(List<Model> data) {}

  /**
   * One model.
   *
   * @param shutdownDate date as {@code yyyy-MM-dd}; null if no shutdown is announced
   */
  record Model(String id, @JsonbProperty("shutdown_date") String shutdownDate) {}

  /** Lists the models. */
  @GET
  @Path("/models")
  Models list(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
