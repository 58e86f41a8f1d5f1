package io.maquette.provider.siliconflow;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/**
 * REST client of SiliconFlow's images interface (docs.siliconflow.cn, API reference,
 * images/generations).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface SiliconFlowClient {

  /**
   * Request body: the picture to draw. The number of pictures is omitted: the default is 1, and
   * only one model has the field.
   *
   * @param imageSize width x height in pixels
   * @param negativePrompt what the picture must not contain; null omits the field
   * @param seed random seed, 0 to 9999999999; null omits the field
   */
  record Generation(
      String model,
      String prompt,
      @JsonbProperty("image_size") String imageSize,
      @JsonbProperty("negative_prompt") String negativePrompt,
      Long seed) {}

  /** Response body with the pictures. */
  record Generated(List<Image> images) {}

  /**
   * One picture.
   *
   * @param url address, valid for an hour
   */
  record Image(String url) {}

  /**
   * Draws; the call returns when the picture is done.
   *
   * @return an answer whose body is {@link Generated}; the caller closes it
   */
  @POST
  @Path("/images/generations")
  Response generate(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Generation generation);
}
