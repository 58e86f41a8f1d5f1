package io.maquette.provider.openai;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.json.JsonValue;
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
 * REST client of OpenAI's chat interface (platform.openai.com, API reference, Create chat
 * completion).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface OpenAiChatClient {

  /**
   * Request body: a conversation to continue.
   *
   * @param temperature 0 for the likeliest words, up to 2; null omits the field
   * @param reasoningEffort {@code low} for a quick answer; null omits the field
   * @param responseFormat null omits the field
   */
  record Conversation(
      String model,
      List<Message> messages,
      Integer temperature,
      @JsonbProperty("reasoning_effort") String reasoningEffort,
      @JsonbProperty("response_format") Format responseFormat) {}

  /**
   * Message of the conversation; the role is {@code system} for the application and {@code user}
   * for the user.
   */
  record Message(String role, String content) {}

  /** Format of the answer: {@code json_object} for a JSON object. */
  record Format(String type) {}

  /**
   * Response body with one answer, because only one is requested.
   *
   * @param error for servers that report errors with HTTP 200
   */
  record Completion(List<Choice> choices, OpenAiError error) {}

  /** One answer. */
  record Choice(Answer message) {}

  /**
   * Message of the model.
   *
   * @param content a text; some servers send a list of parts
   */
  record Answer(JsonValue content) {}

  /** Completes a conversation. */
  @POST
  @Path("/chat/completions")
  Completion complete(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Conversation conversation);
}
