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
 * The one place where Tencent's codes become our problems: those of a call, and those of a job that
 * failed. Tencent documents the families (www.tencentcloud.com/document/product/1284/75543), but
 * not which details its 3D actions have; those here are of its sibling services that take jobs.
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

  /** Why a submission was not accepted. */
  static ProviderException ofSubmission(Content content) {
    ErrorDetail error = content.error();
    if ("FailedOperation.RequestTimeout".equals(error.code())) {
      // what stands behind their door did not answer them in time, but may have taken the job
      return ProviderException.of(
          Problem.OUTCOME_UNKNOWN, describe(error.code(), error.message(), content));
    }
    return of(error.code(), error.message(), content);
  }

  /** Why a question was not answered. */
  static ProviderException ofQuestion(Content content, String jobId) {
    ErrorDetail error = content.error();
    return isLost(error.code())
        ? new JobLostException(jobId)
        : of(error.code(), error.message(), content);
  }

  /** Why a job failed. */
  static ProviderException ofJob(Content content) {
    return of(content.errorCode(), content.errorMessage(), content);
  }

  /** An HTTP error, which something before the service itself must have answered. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    return SETTINGS
        .of(answer, wordsOf(answer))
        .orElseGet(() -> of(HttpProblems.ofSubmission(answer.status()), answer));
  }

  /** As above. */
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

  /** Whether Tencent no longer knows a job; ids live 24 hours. */
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
          "; calls may be 300 seconds old: check this node's clock, and the database's, which the"
              + " application goes by";
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
      // the service has not been opened for this account
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
      // a region that does not have the service is the operator's to change, like a key
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
      default -> Problem.UNAVAILABLE; // FailedOperation, InternalError, ServiceUnavailable and new
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
