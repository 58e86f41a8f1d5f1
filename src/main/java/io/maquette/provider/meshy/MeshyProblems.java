package io.maquette.provider.meshy;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.JobLostException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mapper of Meshy's errors to problems. Calls report HTTP status codes with {@code {"message"}}
 * (docs.meshy.ai/en/api/errors); tasks report a type, a code and words, older ones only words.
 */
final class MeshyProblems {

  /**
   * Words of failures that repeat with the same picture: Meshy's content policy and unusable
   * pictures. Meshy documents them in help.meshy.ai, "Why did my generation fail?".
   */
  private static final Pattern OF_THE_PICTURE =
      Pattern.compile(
          "policy|moderation|nsfw|inappropriate|prohibited"
              + "|(invalid|unsupported|corrupt|cannot decode|failed to decode|too small|blank)"
              + ".{0,40}image"
              + "|image.{0,40}(invalid|unsupported|not supported|corrupt|too small|blank)");

  /** Words about the model in the setting, as opposed to 3D models. */
  private static final Pattern OF_THE_MODEL =
      Pattern.compile("\\bai_?model\\b|\\bmeshy-t?[0-9]|\\bmodel[ _]not[ _]found\\b");

  private final SettingErrors settings =
      new SettingErrors(ProviderSetting.MESHY_URL, ProviderSetting.MESHY_KEY);
  private final SettingErrors model =
      new SettingErrors(ProviderSetting.MESHY_URL, ProviderSetting.MESHY_KEY)
          .with("model", ProviderSetting.MESHY_MODEL);
  private final ProviderWords words;

  /**
   * Creates the mapper for one account.
   *
   * @param key secret that no message may contain; may be empty
   */
  MeshyProblems(String key) {
    words = new ProviderWords(key);
  }

  /** Maps the refusal of a submission. */
  ProviderException ofSubmission(ErrorAnswer answer) {
    String said = String.valueOf(ErrorBody.of(answer).words()).toLowerCase(Locale.ROOT);
    return Set.of(400, 404, 410, 422).contains(answer.status()) && OF_THE_MODEL.matcher(said).find()
        ? model.ofModel(answer, describe(answer))
        : ofSettings(answer)
            .orElseGet(() -> of(HttpProblems.ofSubmission(answer.status()), answer));
  }

  private Optional<ProviderException> ofSettings(ErrorAnswer answer) {
    return settings.of(answer, describe(answer));
  }

  /** Maps the failure of a query or deletion. */
  ProviderException ofQuestion(ErrorAnswer answer, String jobId) {
    if (answer.status() == 404 && !answer.isHtml()) {
      return new JobLostException(jobId);
    }
    return ofSettings(answer).orElseGet(() -> of(HttpProblems.ofQuestion(answer.status()), answer));
  }

  /**
   * Maps the failure of a task. Meshy refunds the credits of a failed task, so a retry costs
   * nothing more. A task that a user cancelled at Meshy is not repeated.
   *
   * @param status {@code FAILED}, {@code CANCELED} or {@code EXPIRED}
   * @param error Meshy's reason; may be null
   */
  ProviderException ofTask(String status, MeshyTask.TaskError error) {
    String code = error == null ? null : error.code();
    String said = error == null || error.message() == null ? "" : error.message();
    boolean useless =
        status.equals("CANCELED") || (status.equals("FAILED") && isOfThePicture(error, said));
    return ProviderException.of(
        useless ? Problem.REFUSED : Problem.UNAVAILABLE,
        words.of(said.isBlank() ? status : status + ": " + said, code));
  }

  /** Returns whether the picture causes the failure; without a type, the words decide. */
  private static boolean isOfThePicture(MeshyTask.TaskError error, String said) {
    if (error == null) {
      return false;
    }
    return error.type() != null
        ? error.type().equals("invalid_input")
        : OF_THE_PICTURE.matcher(said.toLowerCase(Locale.ROOT)).find();
  }

  private ProviderException of(Problem problem, ErrorAnswer answer) {
    return ProviderException.of(problem, describe(answer), answer.retryAfter().orElse(null), null);
  }

  private String describe(ErrorAnswer answer) {
    // gateways before Meshy answer with their own pages, which have no message
    String said = ErrorBody.of(answer).text("message");
    return words.of(
        "HTTP " + answer.status() + (said == null || said.isBlank() ? "" : ": " + said));
  }
}
