package io.maquette.provider.tencent;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.JobLostException;
import io.maquette.provider.OperatorException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import io.maquette.provider.tencent.TencentAnswer.Content;
import io.maquette.provider.tencent.TencentAnswer.ErrorDetail;
import java.util.Set;

/**
 * Mapper of Tencent's codes to problems, for calls and for failed jobs. Tencent documents the
 * families (www.tencentcloud.com/document/product/1284/75543), but not the details of its 3D
 * actions. The details here are those of similar Tencent services with jobs.
 */
final class TencentProblems {

  private static final ProviderWords WORDS = new ProviderWords("");

  private static final Set<String> RETIRED =
      Set.of(
          "ActionOffline", "InvalidAction", "NoSuchProduct", "NoSuchVersion", "UnsupportedVersion");

  private static final Set<String> LOST =
      Set.of(
          "FailedOperation.JobNotExist",
          "FailedOperation.JobNotFound",
          "FailedOperation.TaskNotExist");

  private static final SettingErrors SETTINGS =
      new SettingErrors(ProviderSetting.TENCENT_URL, ProviderSetting.TENCENT_SECRET_ID);

  private TencentProblems() {}

  /** Maps the refusal of a submission. */
  static ProviderException ofSubmission(Content content) {
    ErrorDetail error = content.error();
    if ("FailedOperation.RequestTimeout".equals(error.code())) {
      // Tencent's backend did not answer its gateway in time, but may have accepted the job
      return ProviderException.of(
          Problem.OUTCOME_UNKNOWN, describe(error.code(), error.message(), content));
    }
    return of(error.code(), error.message(), content);
  }

  /** Maps the failure of a query. */
  static ProviderException ofQuestion(Content content, String jobId) {
    ErrorDetail error = content.error();
    return isLost(error.code())
        ? new JobLostException(jobId)
        : of(error.code(), error.message(), content);
  }

  /** Maps the failure of a job. */
  static ProviderException ofJob(Content content) {
    return of(content.errorCode(), content.errorMessage(), content);
  }

  /** Maps an HTTP error to a submission, which comes from a gateway before the service. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    return SETTINGS
        .of(answer, wordsOf(answer))
        .orElseGet(() -> of(HttpProblems.ofSubmission(answer.status()), answer));
  }

  /** Maps an HTTP error to a query, which comes from a gateway before the service. */
  static ProviderException ofQuestion(ErrorAnswer answer) {
    return SETTINGS
        .of(answer, wordsOf(answer))
        .orElseGet(() -> of(HttpProblems.ofQuestion(answer.status()), answer));
  }

  private static ProviderException of(Problem problem, ErrorAnswer answer) {
    return ProviderException.of(problem, wordsOf(answer), answer.retryAfter().orElse(null), answer);
  }

  private static String wordsOf(ErrorAnswer answer) {
    return WORDS.of("HTTP " + answer.status(), ErrorBody.of(answer).words());
  }

  /** Returns whether Tencent no longer knows a job; ids are valid for 24 hours. */
  static boolean isLost(String code) {
    return code != null && (LOST.contains(code) || familyOf(code).equals("ResourceNotFound"));
  }

  private static ProviderException of(String givenCode, String words, Content content) {
    String code = givenCode == null ? "" : givenCode;
    String message = describe(code, words, content);
    if (RETIRED.contains(familyOf(code))) {
      return new OperatorException(
          Problem.RETIRED,
          ProviderSetting.TENCENT_URL.name() + ", " + ProviderSetting.TENCENT_VERSION.name(),
          message);
    }
    if (code.equals("AuthFailure.SignatureExpire")) {
      message +=
          "; Tencent accepts requests up to 300 seconds old: check the clock of this node and the"
              + " clock of the database, which the application uses";
    }
    Problem problem = problemOf(code);
    return problem.isForOperator()
        ? new OperatorException(problem, settingOf(code), message)
        : ProviderException.of(problem, message);
  }

  private static String settingOf(String code) {
    return familyOf(code).equals("UnsupportedRegion")
        ? ProviderSetting.TENCENT_REGION.name()
        : ProviderSetting.TENCENT_SECRET_ID.name();
  }

  private static Problem problemOf(String code) {
    return switch (code) {
      case "FailedOperation.JobQueueFull" -> Problem.THROTTLED;
      case "FailedOperation.FreeResourcePackExhausted",
          "FailedOperation.ResourcePackExhausted",
          "FailedOperation.ServiceStopArrears",
          "ResourceUnavailable.InArrears",
          "ResourceUnavailable.LowBalance",
          "ResourceUnavailable.StopUsing" ->
          Problem.OUT_OF_CREDIT;
      // the service is not activated for this account
      case "ResourceUnavailable.NotExist", "ResourceUnavailable.NotReady" -> Problem.UNAUTHORISED;
      case "FailedOperation.ImageDecodeFailed",
          "FailedOperation.ImageResolutionExceed",
          "FailedOperation.ImageResolutionInsufficient",
          "FailedOperation.ImageSizeExceed" ->
          Problem.REFUSED;
      default -> problemOfFamily(familyOf(code));
    };
  }

  private static Problem problemOfFamily(String family) {
    return switch (family) {
      case "RequestLimitExceeded", "LimitExceeded" -> Problem.THROTTLED;
      case "ResourceInsufficient" -> Problem.OUT_OF_CREDIT;
      // the operator must change a region without the service, like a wrong key
      case "AuthFailure",
          "UnauthorizedOperation",
          "IpInBlacklist",
          "IpNotInWhitelist",
          "UnsupportedRegion" ->
          Problem.UNAUTHORISED;
      case "InvalidParameter",
          "InvalidParameterValue",
          "InvalidRequest",
          "MissingParameter",
          "UnknownParameter",
          "OperationDenied",
          "RequestSizeLimitExceeded",
          "UnsupportedOperation",
          "UnsupportedProtocol" ->
          Problem.REFUSED;
      // FailedOperation, InternalError, ServiceUnavailable and new codes
      default -> Problem.UNAVAILABLE;
    };
  }

  private static String familyOf(String code) {
    return code.split("\\.", 2)[0];
  }

  private static String describe(String code, String words, Content content) {
    String message =
        WORDS.of(
            (code == null || code.isBlank() ? "no code" : code)
                + (words == null || words.isBlank() ? "" : ": " + words));
    return message + content.inWords();
  }
}
