package io.maquette.provider.tripo;

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
import java.util.regex.Pattern;

/**
 * Mapper of Tripo's errors to problems: {@code {code, message, suggestion, request_id}}, with any
 * HTTP status (developers.tripo3d.ai and docs.tripo3d.ai, <i>Errors</i>, as described in November
 * 2026).
 */
final class TripoProblems {

  /** Words about the parameter {@code model}, as opposed to 3D models and {@code model_seed}. */
  private static final Pattern OF_THE_MODEL =
      Pattern.compile("(?<!3d )\\bmodel\\b(?! (file|generation))", Pattern.CASE_INSENSITIVE);

  private final SettingErrors settings =
      new SettingErrors(ProviderSetting.TRIPO_URL, ProviderSetting.TRIPO_KEY);
  private final SettingErrors model =
      new SettingErrors(ProviderSetting.TRIPO_URL, ProviderSetting.TRIPO_KEY)
          .with("model", ProviderSetting.TRIPO_MODEL);
  private final ProviderWords words;

  /**
   * Creates the mapper for one account.
   *
   * @param key secret that no message may contain; may be empty
   */
  TripoProblems(String key) {
    words = new ProviderWords(key);
  }

  /** Maps the refusal of a submission. */
  ProviderException ofSubmission(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofSubmission(answer.status()));
  }

  /**
   * Maps the failure of a query or an upload.
   *
   * @param jobId the job; null for an upload
   */
  ProviderException ofQuestion(ErrorAnswer answer, String jobId) {
    return isLost(ErrorBody.of(answer).text("code"), jobId)
        ? new JobLostException(jobId)
        : of(answer, HttpProblems.ofQuestion(answer.status()));
  }

  private ProviderException of(ErrorAnswer answer, Problem byStatus) {
    ErrorBody error = ErrorBody.of(answer);
    String said = error.text("message");
    String line =
        words.of(
            "HTTP " + answer.status(),
            error.text("code"),
            said,
            error.text("suggestion"),
            error.text("request_id"),
            answer.request());
    Duration retryAfter = answer.retryAfter().orElse(null);
    return byCode(error.text("code"), said, line, retryAfter)
        .or(() -> settings.of(answer, line))
        .orElseGet(() -> ProviderException.of(byStatus, line, retryAfter, null));
  }

  /**
   * Maps an error in an answer with a success status. Tripo has then made nothing, so an unknown
   * code is retried.
   *
   * @param jobId the job; null for a submission or an upload
   */
  ProviderException of(TripoAnswer answer, String jobId) {
    return isLost(answer.code(), jobId)
        ? new JobLostException(jobId)
        : of(
            answer.code(),
            answer.message(),
            words.of(answer.code(), answer.message(), answer.suggestion(), answer.requestId()));
  }

  /**
   * Maps the end of a task without a model. Tripo does not charge for it. A task that a user
   * cancelled at Tripo is not repeated.
   */
  ProviderException ofTask(TripoAnswer.Data task) {
    String line = words.of(task.status(), task.errorCode(), task.errorMessage());
    return switch (task.status()) {
      case "banned", "cancelled" -> ProviderException.of(Problem.REFUSED, line);
      default -> of(task.errorCode(), task.errorMessage(), line);
    };
  }

  private ProviderException of(String code, String said, String line) {
    return byCode(code, said, line, null)
        .orElseGet(() -> ProviderException.of(Problem.UNAVAILABLE, line));
  }

  private Optional<ProviderException> byCode(
      String code, String said, String line, Duration retryAfter) {
    return switch (code == null ? "" : code) {
      case "2", "1002", "1005" -> Optional.of(settings.ofKey(Problem.UNAUTHORISED, line));
      case "2010" -> Optional.of(settings.ofKey(Problem.OUT_OF_CREDIT, line));
      case "2000" -> Optional.of(ProviderException.of(Problem.THROTTLED, line, retryAfter, null));
      case "2015" -> Optional.of(model.ofModel(line));
      case "1004" ->
          Optional.of(
              said != null && OF_THE_MODEL.matcher(said).find()
                  ? model.ofModel(line)
                  : ProviderException.of(Problem.REFUSED, line));
      case "1003", "2008" -> Optional.of(ProviderException.of(Problem.REFUSED, line));
      default -> Optional.empty();
    };
  }

  /** Returns whether Tripo does not know a job (any more). */
  private static boolean isLost(String code, String jobId) {
    return jobId != null && "2001".equals(code);
  }
}
