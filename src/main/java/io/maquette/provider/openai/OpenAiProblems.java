package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * Mapper of OpenAI's error codes to problems: {@code {error: {message, type, param, code}}}
 * (platform.openai.com, Error codes). Compatible servers often have only the HTTP status.
 */
final class OpenAiProblems {

  private final ProviderWords words;
  private final SettingErrors settings;

  /**
   * Creates the mapper for one kind of call.
   *
   * @param model setting of the model that the call names
   */
  OpenAiProblems(String key, Setting<String> model) {
    words = new ProviderWords(key);
    settings =
        new SettingErrors(ProviderSetting.OPENAI_URL, ProviderSetting.OPENAI_KEY)
            .with("model", model)
            .with("size", ProviderSetting.OPENAI_SIZE)
            .with("quality", ProviderSetting.OPENAI_QUALITY)
            .with("response_format", ProviderSetting.OPENAI_RESPONSE_FORMAT);
  }

  ProviderException of(ErrorAnswer answer) {
    ErrorBody error = ErrorBody.of(answer).object("error");
    return of(
        answer, new OpenAiError(error.text("message"), error.text("type"), error.text("code")));
  }

  /** Maps an error in an answer with a success status. */
  ProviderException of(OpenAiError error) {
    return of(new ErrorAnswer(400, asBody(error), null, null), error);
  }

  private static String asBody(OpenAiError error) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    if (error.message() != null) {
      body.add("message", error.message());
    }
    if (error.code() != null) {
      body.add("code", error.code());
    }
    return body.build().toString();
  }

  private ProviderException of(ErrorAnswer answer, OpenAiError error) {
    String line =
        words.of(
            "HTTP " + answer.status(),
            error.code(),
            error.type(),
            error.message(),
            answer.request());
    String code = error.code() == null ? String.valueOf(error.type()) : error.code();
    return switch (code) {
      case "content_policy_violation", "moderation_blocked", "content_filter" ->
          new ProviderException(Problem.REFUSED, line);
      // the first is sent with 429, the second with 400: neither a wait nor other words would help
      case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active" ->
          settings.ofKey(Problem.OUT_OF_CREDIT, line);
      case "rate_limit_exceeded" -> throttled(answer, line);
      case "invalid_api_key" -> settings.ofKey(Problem.UNAUTHORISED, line);
      default ->
          settings
              .of(answer, line)
              .orElseGet(
                  () ->
                      ProviderException.of(
                          HttpProblems.ofSubmission(answer.status()),
                          line,
                          answer.retryAfter().orElse(null),
                          null));
    };
  }

  private static ProviderException throttled(ErrorAnswer answer, String line) {
    return ProviderException.of(Problem.THROTTLED, line, answer.retryAfter().orElse(null), null);
  }
}
