package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.http.ProblemException;
import io.maquette.option.ImageOptions;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.Providers;
import io.maquette.studio.LocalImageProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionCheckTest {

  private static final class Studio extends Providers {
    @Override
    public ImageProvider images() {
      return new LocalImageProvider();
    }
  }

  private final OptionCheck check = new OptionCheck(new Studio());

  @Test
  void a_supported_option_passes() {
    assertThatCode(() -> check.check(ImageOptions.NONE.withNewSeed())).doesNotThrowAnyException();
    assertThatCode(() -> check.check(ImageOptions.NONE)).doesNotThrowAnyException();
  }

  @Test
  void an_unsupported_option_is_named() {
    ImageOptions wide =
        new ImageOptions(
            Optional.of("16:9"), Optional.empty(), Optional.empty(), Optional.empty());
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> check.check(wide));
    assertThat(refusal.problem().status()).isEqualTo(422);
    assertThat(refusal.problem().code()).isEqualTo("OPTION_NOT_SUPPORTED");
    assertThat(refusal.problem().detail()).contains("aspect", "local");
    assertThat(refusal.problem().details())
        .isEqualTo(new OptionCheck.OptionDetails("aspect", List.of(), List.of()));
  }
}
