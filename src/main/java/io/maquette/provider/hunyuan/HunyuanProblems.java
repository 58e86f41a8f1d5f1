package io.maquette.provider.hunyuan;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;

/**
 * Mapper of the server's errors to problems. The server has no codes: FastAPI answers 422 to an
 * unacceptable body, and 500 to a failure in the server's code.
 */
final class HunyuanProblems {

  private static final ProviderWords WORDS = new ProviderWords("");

  private static final SettingErrors SETTINGS =
      new SettingErrors(ProviderSetting.HUNYUAN_URL, null)
          .with("texture", ProviderSetting.HUNYUAN_TEXTURE)
          .with("octree_resolution", ProviderSetting.HUNYUAN_OCTREE_RESOLUTION)
          .with("num_inference_steps", ProviderSetting.HUNYUAN_STEPS)
          .with("guidance_scale", ProviderSetting.HUNYUAN_GUIDANCE)
          .with("face_count", ProviderSetting.HUNYUAN_FACES);

  /** Message of version 2.1, with HTTP 500, if it could not begin a job. */
  private static final String NOT_BEGUN = "Failed to start generation";

  private HunyuanProblems() {}

  /** Maps the refusal of a submission. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    if (answer.body().contains(NOT_BEGUN)) {
      return of(Problem.UNAVAILABLE, answer);
    }
    return SETTINGS
        .of(answer, describe(answer))
        .orElseGet(() -> of(HttpProblems.ofSubmission(answer.status()), answer));
  }

  /** Maps the failure of a query. */
  static ProviderException ofQuestion(ErrorAnswer answer) {
    return SETTINGS
        .of(answer, describe(answer))
        .orElseGet(() -> of(HttpProblems.ofQuestion(answer.status()), answer));
  }

  /** Maps the failure of a job. */
  static ProviderException ofJob(String words) {
    return ProviderException.of(Problem.UNAVAILABLE, WORDS.of("error: " + words));
  }

  private static ProviderException of(Problem problem, ErrorAnswer answer) {
    return ProviderException.of(problem, describe(answer), answer.retryAfter().orElse(null), null);
  }

  private static String describe(ErrorAnswer answer) {
    String words = ErrorBody.of(answer).words();
    return WORDS.of("HTTP " + answer.status() + (words == null ? "" : ": " + words));
  }
}
