package io.maquette.provider.comfyui;

import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import io.maquette.provider.http.Form;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of a ComfyUI server. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(ComfyUiAnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface ComfyUiClient {

  /** Uploaded picture; the subfolder may be missing. */
  record Uploaded(String name, String subfolder) {}

  /**
   * Body of a submission.
   *
   * @param prompt the workflow
   * @param promptId id of the job, which the client chooses
   */
  record NewPrompt(
      JsonObject prompt,
      @JsonbProperty("client_id") String clientId,
      @JsonbProperty("prompt_id") String promptId) {}

  /** Accepted submission. */
  record Accepted(@JsonbProperty("prompt_id") String promptId) {}

  /** Jobs that have not ended, each a list whose second element is the id. */
  record Queue(
      @JsonbProperty("queue_running") JsonValue running,
      @JsonbProperty("queue_pending") JsonValue pending) {}

  /** Jobs that have ended, by their ids. */
  record History(@JsonbProperty("*") JsonValue jobs) {}

  /**
   * Uploads a picture.
   *
   * @param form a {@link Form} of image, type and overwrite
   */
  @POST
  @Path("/upload/image")
  @Consumes(Form.TYPE)
  Uploaded upload(byte[] form);

  /** Submits a job. */
  @POST
  @Path("/prompt")
  Accepted submit(NewPrompt prompt);

  /** Returns the jobs that have not ended. */
  @GET
  @Path("/queue")
  Queue queue();

  /** Returns the job with an id, if it has ended; otherwise an empty object. */
  @GET
  @Path("/history/{id}")
  History history(@PathParam("id") String id);

  /**
   * Cancels a job (ComfyUI 0.26 and later).
   *
   * @return an answer whose body is irrelevant; the caller closes it
   */
  @POST
  @Path("/api/jobs/{id}/cancel")
  Response cancel(@PathParam("id") String id);
}
