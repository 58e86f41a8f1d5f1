package io.maquette.provider.tokenhub;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.JobLostException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import java.time.Duration;
import java.util.Optional;

/**
 * Mapper of TokenHub's errors to problems: {@code {error: {type, code, message, request_id}}}
 * (cloud.tencent.com/document/product/1823/131595, read 2026-11-30). TokenHub passes on some codes
 * of the service behind it.
 */
final class TokenHubProblems {

  private final SettingErrors settings =
      new SettingErrors(ProviderSetting.TOKENHUB_URL, ProviderSetting.TOKENHUB_KEY)
          .with("model", ProviderSetting.TOKENHUB_MODEL);
  private final ProviderWords words;

  /**
   * Creates the mapper for one account.
   *
   * @param key secret that no message may contain; may be empty
   */
  TokenHubProblems(String key) {
    words = new ProviderWords(key);
  }

  /** Maps the refusal of a submission. */
  ProviderException ofSubmission(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofSubmission(answer.status()));
  }

  /** Maps the failure of a query. */
  ProviderException ofQuestion(ErrorAnswer answer, String jobId) {
    ErrorBody error = ErrorBody.of(answer).object("error");
    return isLost(error.text("code")) || isLost(error.text("upstream_code"))
        ? new JobLostException(jobId)
        : of(answer, HttpProblems.ofQuestion(answer.status()));
  }

  private ProviderException of(ErrorAnswer answer, Problem byStatus) {
    ErrorBody error = ErrorBody.of(answer).object("error");
    String line =
        words.of(
            "HTTP " + answer.status(),
            error.text("code"),
            error.text("type"),
            error.text("message"),
            error.text("request_id"));
    Duration retryAfter = answer.retryAfter().orElse(null);
    return byCode(error.text("code"), line, retryAfter)
        .or(() -> byCode(error.text("upstream_code"), line, retryAfter))
        .or(() -> settings.of(answer, line))
        .orElseGet(() -> ProviderException.of(byStatus, line, retryAfter, answer));
  }

  private Optional<ProviderException> byCode(String code, String line, Duration retryAfter) {
    return switch (familyOf(code)) {
      // the first three are sent with 402: the endpoint is inactive, or a quota is used up
      case "401007", "401008", "403004", "ResourceInsufficient" ->
          Optional.of(settings.ofKey(Problem.OUT_OF_CREDIT, line));
      case "401002", "403001", "403002", "403005", "AuthFailure", "UnauthorizedOperation" ->
          Optional.of(settings.ofKey(Problem.UNAUTHORISED, line));
      case "429001", "RequestLimitExceeded", "LimitExceeded" ->
          Optional.of(ProviderException.of(Problem.THROTTLED, line, retryAfter, null));
      case "451001" -> Optional.of(ProviderException.of(Problem.REFUSED, line));
      default -> Optional.empty();
    };
  }

  private static String familyOf(String code) {
    return code == null ? "" : code.replaceFirst("\\..*", "");
  }

  /**
   * Maps an error in an answer with a success status, to a submission, a query or of a job. Tencent
   * does not charge for failed jobs, so an unknown code is retried.
   */
  ProviderException of(TokenHubError error, String requestId) {
    String code = error == null || error.code() == null ? "" : error.code();
    String line =
        error == null
            ? words.of("failed", requestId)
            : words.of(error.code(), error.type(), error.message(), requestId);
    return byCode(code, line, null).orElseGet(() -> ProviderException.of(problemOf(code), line));
  }

  private static Problem problemOf(String code) {
    return switch (familyOf(code)) {
      case "InvalidParameter",
          "InvalidParameterValue",
          "MissingParameter",
          "OperationDenied",
          "400001",
          "400002",
          "400004" ->
          Problem.REFUSED;
      case "FailedOperation" ->
          code.startsWith("FailedOperation.Image") ? Problem.REFUSED : Problem.UNAVAILABLE;
      default -> Problem.UNAVAILABLE;
    };
  }

  /** Returns whether TokenHub no longer knows a job; ids are valid for 24 hours. */
  static boolean isLost(String code) {
    return code != null
        && (code.equals("FailedOperation.JobNotFound")
            || code.equals("FailedOperation.JobNotExist")
            || code.startsWith("ResourceNotFound"));
  }
}
