package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.http.ProblemException;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.NumberRange;
import io.maquette.provider.Providers;
import io.maquette.provider.Submission;
import io.maquette.studio.LocalImageProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionCheckTest {

  @Named("plain")
  private static class Plain implements ModelProvider {
    @Override
    public Submission submit(ModelRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public JobState query(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cancellation cancel(String jobId) {
      throw new UnsupportedOperationException();
    }
  }

  @Named("seeded")
  private static final class Seeded extends Plain {
    @Override
    public ModelCapabilities capabilities() {
      ModelCapabilities plain = super.capabilities();
      return new ModelCapabilities(
          plain.inputs(),
          plain.mesh(),
          plain.surface(),
          Optional.of(new NumberRange(0, Integer.MAX_VALUE)),
          plain.forms(),
          plain.cost());
    }
  }

  private static final class Studio extends Providers {
    @Override
    public ImageProvider images() {
      return new LocalImageProvider();
    }

    @Override
    public List<ModelProvider> models() {
      return List.of(new Plain(), new Seeded());
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
        new ImageOptions(Optional.of("16:9"), Optional.empty(), Optional.empty(), Optional.empty());
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> check.check(wide));
    assertThat(refusal.problem().status()).isEqualTo(422);
    assertThat(refusal.problem().code()).isEqualTo("OPTION_NOT_SUPPORTED");
    assertThat(refusal.problem().detail()).contains("aspect", "local");
    assertThat(refusal.problem().details())
        .isEqualTo(new OptionCheck.OptionDetails("aspect", List.of(), List.of()));
  }

  @Test
  void only_providers_that_accept_the_options_of_the_model_get_the_task() {
    ModelOptions seeded = ModelOptions.NONE.withNewSeed();
    assertThat(check.checked(seeded)).isEqualTo(seeded.at(List.of("seeded")));
    assertThat(check.checked(ModelOptions.NONE)).isEqualTo(ModelOptions.NONE);
  }

  @Test
  void a_chosen_provider_is_kept() {
    ModelOptions plain = ModelOptions.NONE.at(List.of("plain"));
    assertThat(check.checked(plain)).isEqualTo(plain);
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> check.checked(plain.withNewSeed()));
    assertThat(refusal.problem().detail()).contains("seed", "plain");
    assertThat(refusal.problem().details())
        .isEqualTo(new OptionCheck.OptionDetails("seed", List.of(), List.of("seeded")));
  }

  @Test
  void a_provider_that_the_settings_do_not_choose_is_refused() {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> check.checked(ModelOptions.NONE.at(List.of("meshy"))));
    assertThat(refusal.problem().details())
        .isEqualTo(
            new OptionCheck.OptionDetails("provider", List.of("plain", "seeded"), List.of()));
  }

  @Test
  void an_option_that_no_provider_accepts_is_named() {
    ModelOptions quads =
        new ModelOptions(
            Optional.empty(),
            Optional.of("quad"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> check.checked(quads));
    assertThat(refusal.problem().code()).isEqualTo("OPTION_NOT_SUPPORTED");
    assertThat(refusal.problem().details())
        .isEqualTo(new OptionCheck.OptionDetails("topology", List.of(), List.of()));
  }
}
