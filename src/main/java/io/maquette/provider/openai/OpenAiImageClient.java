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
 * OpenAI's images interface (platform.openai.com, API reference, Create image and Create image
 * edit).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(PictureAnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface OpenAiImageClient {

  /**
   * What to draw.
   *
   * @param n how many pictures
   * @param size width x height in pixels
   * @param quality like {@code low} or {@code high}; null leaves the field out
   * @param responseFormat {@code b64_json} or {@code url}; null leaves the field out
   */
  record Generation(
      String model,
      String prompt,
      int n,
      String size,
      String quality,
      @JsonbProperty("response_format") String responseFormat) {}

  /**
   * The pictures drawn.
   *
   * @param error for servers that say so with HTTP 200
   */
  record Generated(List<Image> data, OpenAiError error) {}

  /** One picture, as its content or as an address. */
  record Image(@JsonbProperty("b64_json") String base64, String url) {}

  /**
   * Draws, and answers when it is done.
   *
   * @return an answer whose body is {@link Generated}; the caller closes it
   */
  @POST
  @Path("/images/generations")
  Response generate(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Generation generation);

  /**
   * Draws a new version of a picture, and answers when it is done.
   *
   * @param form a {@link Form} of image, prompt, model, n, size and, if they are wanted, quality
   *     and response_format
   * @return an answer whose body is {@link Generated}; the caller closes it
   */
  @POST
  @Path("/images/edits")
  @Consumes(Form.TYPE)
  Response edit(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] form);
}
