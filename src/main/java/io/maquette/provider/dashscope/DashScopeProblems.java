package io.maquette.provider.dashscope;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.ErrorAnswer;
import io.maquette.provider.wire.ErrorBody;
import io.maquette.provider.wire.HttpProblems;
import io.maquette.provider.wire.ProviderWords;
import java.util.Optional;

/**
 * What DashScope's codes mean to us: {@code {code, message, request_id}} (help.aliyun.com, Model
 * Studio, Error messages). Some have a part after a dot that tells more.
 */
final class DashScopeProblems {

  private final ProviderWords words;

  DashScopeProblems(String key) {
    words = new ProviderWords(key);
  }

  /** An error answer to a submission. */
  ProviderException ofSubmission(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofSubmission(answer.status()));
  }

  /** An error answer to a question. */
  ProviderException ofQuestion(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofQuestion(answer.status()));
  }

  private ProviderException of(ErrorAnswer answer, Problem byStatus) {
    ErrorBody body = ErrorBody.of(answer);
    String code = body.text("code");
    return ProviderException.of(
        byCode(code).orElse(byStatus),
        words.of("HTTP " + answer.status(), code, body.text("message"), body.text("request_id")),
        answer.retryAfter().orElse(null),
        null);
  }

  /**
   * A task, or its picture, that failed, or one that was not taken though the status is a success.
   * Such are not charged for, so that one without a code we know may be tried again.
   */
  ProviderException ofFailure(String code, String message) {
    return ProviderException.of(byCode(code).orElse(Problem.UNAVAILABLE), words.of(code, message));
  }

  private static Optional<Problem> byCode(String code) {
    String family = code == null ? "" : code.replaceFirst("\\..*", "");
    return Optional.ofNullable(
        switch (family) {
          case "DataInspectionFailed", "IPInfringementSuspect", "InvalidParameter", "InvalidURL" ->
              Problem.REFUSED;
          case "Arrearage",
              "AllocationQuota", // the free quota is used up, and nothing else allowed
              "CommodityNotPurchased",
              "PrepaidBillOverdue",
              "PostpaidBillOverdue" ->
              Problem.OUT_OF_CREDIT;
          case "Throttling" -> Problem.THROTTLED;
          // a model that is not there, or not for this key, is no user's fault
          case "InvalidApiKey", "AccessDenied", "Model", "ModelNotFound", "Workspace" ->
              Problem.UNAUTHORISED;
          default -> null;
        });
  }
}
