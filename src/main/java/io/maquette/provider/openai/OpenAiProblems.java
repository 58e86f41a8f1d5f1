package io.maquette.provider.openai;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.ErrorAnswer;
import io.maquette.provider.wire.ErrorBody;
import io.maquette.provider.wire.HttpProblems;
import io.maquette.provider.wire.ProviderWords;
import java.time.Duration;

/**
 * What OpenAI's codes mean to us: {@code {error: {message, type, param, code}}}
 * (platform.openai.com, Error codes). Servers that speak its interface often have the HTTP status
 * alone.
 */
final class OpenAiProblems {

  private final ProviderWords words;

  OpenAiProblems(String key) {
    words = new ProviderWords(key);
  }

  ProviderException of(ErrorAnswer answer) {
    ErrorBody error = ErrorBody.of(answer).object("error");
    return of(
        answer.status(),
        new OpenAiError(error.text("message"), error.text("type"), error.text("code")),
        answer.retryAfter().orElse(null),
        answer.request());
  }

  /** An error in an answer that is a success by its status. */
  ProviderException of(OpenAiError error) {
    return of(400, error, null, null);
  }

  private ProviderException of(int status, OpenAiError error, Duration retryAfter, String request) {
    return ProviderException.of(
        problem(status, error.code() == null ? String.valueOf(error.type()) : error.code()),
        words.of("HTTP " + status, error.code(), error.type(), error.message(), request),
        retryAfter,
        null);
  }

  private static Problem problem(int status, String code) {
    return switch (code) {
      case "content_policy_violation", "moderation_blocked" -> Problem.REFUSED;
      // the first comes as 429, the second as 400: waiting or other words would not help
      case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active" ->
          Problem.OUT_OF_CREDIT;
      case "rate_limit_exceeded" -> Problem.THROTTLED;
      // no such model, or not for this key: no user's fault
      case "model_not_found", "invalid_api_key" -> Problem.UNAUTHORISED;
      default -> HttpProblems.ofSubmission(status);
    };
  }
}
