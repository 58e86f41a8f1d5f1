package io.maquette.provider.dashscope;

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
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/**
 * REST client of DashScope's synchronous interface, the only interface of newer models
 * (help.aliyun.com, Model Studio: Wan 2.6, Qwen-Image and Z-Image API references).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface DashScopeSyncClient {

  /** Request body: the picture to draw. */
  record Generation(String model, Input input, Parameters parameters) {}

  /**
   * Parameters of a request.
   *
   * @param size width*height in pixels
   * @param n number of pictures
   * @param negativePrompt what the picture must not contain; null omits the field
   * @param seed random seed, 0 to 2147483647; null omits the field
   */
  record Parameters(
      String size, int n, @JsonbProperty("negative_prompt") String negativePrompt, Long seed) {}

  /** Conversation with one message of the user. */
  record Input(List<Message> messages) {}

  /** Message of the conversation. */
  record Message(String role, List<Content> content) {}

  /** Part of a message: a text or the address of a picture. */
  record Content(String text, String image) {}

  /**
   * Response body.
   *
   * @param code of an error; null if there is none
   */
  record Generated(
      @JsonbProperty("request_id") String requestId, Output output, String code, String message) {}

  /** Pictures of a response. */
  record Output(List<Choice> choices) {}

  /** One picture of a response. */
  record Choice(Message message) {}

  /** Draws; the call returns when the picture is done. */
  @POST
  @Path("/api/v1/services/aigc/multimodal-generation/generation")
  Generated generate(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Generation generation);
}
