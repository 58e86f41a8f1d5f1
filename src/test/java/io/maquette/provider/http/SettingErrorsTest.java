package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Test of the error answers that an operator's setting causes. */
class SettingErrorsTest {

  private static final String WORDS = "cannot generate model: invalid image";

  private final SettingErrors withoutModel =
      new SettingErrors(ProviderSetting.MESHY_URL, ProviderSetting.MESHY_KEY);
  private final SettingErrors withModel =
      new SettingErrors(ProviderSetting.OPENAI_URL, ProviderSetting.OPENAI_KEY)
          .with("model", ProviderSetting.OPENAI_MODEL);

  private static Optional<Problem> problem(SettingErrors errors, int status, String words) {
    ErrorAnswer answer = new ErrorAnswer(status, "{\"message\":\"" + words + "\"}", null, null);
    return errors.of(answer, words).map(ProviderException::problem);
  }

  @Test
  void a_3d_model_that_cannot_be_made_is_no_missing_model() {
    assertThat(problem(withoutModel, 400, WORDS)).isEmpty();
    assertThat(problem(withoutModel, 422, WORDS)).isEmpty();
    assertThat(problem(withoutModel, 403, WORDS)).contains(Problem.UNAUTHORISED);
  }

  @Test
  void a_missing_model_of_a_setting_is_retired() {
    for (int status : new int[] {400, 403, 422}) {
      assertThat(problem(withModel, status, "The model x does not exist"))
          .as("HTTP " + status)
          .contains(Problem.RETIRED);
    }
  }
}
