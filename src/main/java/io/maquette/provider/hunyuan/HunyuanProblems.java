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
 * The one place where the server's errors become our problems. It has no codes: FastAPI answers 422
 * to a body it does not accept and 500 where the server's code broke.
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

  /** Version 2.1 says so, with HTTP 500, when it could not begin a job. */
  private static final String NOT_BEGUN = "Failed to start generation";

  private HunyuanProblems() {}

  /** Why a submission was not accepted. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    if (answer.body().contains(NOT_BEGUN)) {
      return of(Problem.UNAVAILABLE, answer);
    }
    return SETTINGS
        .of(answer, describe(answer))
        .orElseGet(() -> of(HttpProblems.ofSubmission(answer.status()), answer));
  }

  /** Why a question was not answered. */
  static ProviderException ofQuestion(ErrorAnswer answer) {
    return SETTINGS
        .of(answer, describe(answer))
        .orElseGet(() -> of(HttpProblems.ofQuestion(answer.status()), answer));
  }

  /** Why a job failed. */
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
