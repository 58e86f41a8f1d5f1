package io.maquette.provider.dashscope;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import java.util.Locale;
import java.util.Optional;

/**
 * Mapper of DashScope's error codes to problems: {@code {code, message, request_id}}
 * (help.aliyun.com, Model Studio, Error messages). Some codes have a more specific part after a
 * dot.
 */
final class DashScopeProblems {

  private final SettingErrors settings =
      new SettingErrors(ProviderSetting.DASHSCOPE_URL, ProviderSetting.DASHSCOPE_KEY)
          .with("model", ProviderSetting.DASHSCOPE_MODEL)
          .with("size", ProviderSetting.DASHSCOPE_SIZE);
  private final ProviderWords words;

  DashScopeProblems(String key) {
    words = new ProviderWords(key);
  }

  /** Maps an error answer to a submission. */
  ProviderException ofSubmission(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofSubmission(answer.status()));
  }

  /** Maps an error answer to a query. */
  ProviderException ofQuestion(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofQuestion(answer.status()));
  }

  private ProviderException of(ErrorAnswer answer, Problem byStatus) {
    ErrorBody body = ErrorBody.of(answer);
    String code = body.text("code");
    String line =
        words.of("HTTP " + answer.status(), code, body.text("message"), body.text("request_id"));
    return ofOperator(code, body.text("message"), line)
        .or(() -> byCode(code).isEmpty() ? settings.of(answer, line) : Optional.empty())
        .or(() -> isParameter(code) ? settings.of(answer, line) : Optional.empty())
        .orElseGet(
            () ->
                ProviderException.of(
                    byCode(code).orElse(byStatus), line, answer.retryAfter().orElse(null), null));
  }

  /**
   * Maps the failure of a task or picture, or a refusal with a success status. DashScope does not
   * charge for these, so an unknown code is retried.
   */
  ProviderException ofFailure(String code, String message) {
    String line = words.of(code, message);
    return ofOperator(code, message, line)
        .orElseGet(() -> ProviderException.of(byCode(code).orElse(Problem.UNAVAILABLE), line));
  }

  private Optional<ProviderException> ofOperator(String code, String message, String line) {
    // the model has another path: "url error, please check url"
    if (isParameter(code)
        && String.valueOf(message).toLowerCase(Locale.ROOT).contains("url error")) {
      return Optional.of(settings.ofWrongModel(line));
    }
    return switch (familyOf(code)) {
      case "Model", "ModelNotFound" -> Optional.of(settings.ofModel(line));
      case "InvalidApiKey", "AccessDenied", "Workspace" ->
          Optional.of(settings.ofKey(Problem.UNAUTHORISED, line));
      case "Arrearage",
          "AllocationQuota", // the free quota is used up, and the account allows no paid use
          "CommodityNotPurchased",
          "PrepaidBillOverdue",
          "PostpaidBillOverdue" ->
          Optional.of(settings.ofKey(Problem.OUT_OF_CREDIT, line));
      default -> Optional.empty();
    };
  }

  private static boolean isParameter(String code) {
    return familyOf(code).equals("InvalidParameter");
  }

  private static String familyOf(String code) {
    return code == null ? "" : code.replaceFirst("\\..*", "");
  }

  private static Optional<Problem> byCode(String code) {
    return Optional.ofNullable(
        switch (familyOf(code)) {
          case "DataInspectionFailed", "IPInfringementSuspect", "InvalidParameter", "InvalidURL" ->
              Problem.REFUSED;
          case "Throttling" -> Problem.THROTTLED;
          default -> null;
        });
  }
}
