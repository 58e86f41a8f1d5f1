package io.maquette.provider.openai;

import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import io.maquette.provider.http.Form;
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
 * REST client of OpenAI's images interface (platform.openai.com, API reference, Create image and
 * Create image edit).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(PictureAnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface OpenAiImageClient {

  /**
   * Request body: the picture to draw.
   *
   * @param n number of pictures
   * @param size width x height in pixels
   * @param quality e.g. {@code low} or {@code high}; null omits the field
   * @param responseFormat {@code b64_json} or {@code url}; null omits the field
   */
  record Generation(
      String model,
      String prompt,
      int n,
      String size,
      String quality,
      @JsonbProperty("response_format") String responseFormat) {}

  /**
   * Response body with the pictures.
   *
   * @param error for servers that report errors with HTTP 200
   */
  record Generated(List<Image> data, OpenAiError error) {}

  /** One picture, as its content or as an address. */
  record Image(@JsonbProperty("b64_json") String base64, String url) {}

  /**
   * Draws; the call returns when the picture is done.
   *
   * @return an answer whose body is {@link Generated}; the caller closes it
   */
  @POST
  @Path("/images/generations")
  Response generate(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Generation generation);

  /**
   * Edits a picture; the call returns when the new version is done.
   *
   * @param form a {@link Form} of image, prompt, model, n, size and, if set, quality and
   *     response_format
   * @return an answer whose body is {@link Generated}; the caller closes it
   */
  @POST
  @Path("/images/edits")
  @Consumes(Form.TYPE)
  Response edit(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] form);
}
