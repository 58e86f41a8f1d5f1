package io.maquette.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelOptionsTest {

  private static final ModelOptions ALL =
      new ModelOptions(
          Optional.of(50_000),
          Optional.of("quad"),
          Optional.of(false),
          Optional.of(true),
          Optional.of(0L),
          Optional.of("relief"));

  @Test
  void options_survive_json() {
    assertThat(ModelOptions.ofJson(ALL.toJson())).isEqualTo(ALL);
    assertThat(ModelOptions.ofJson("{\"pbr\":false,\"later\":{}}").pbr()).contains(false);
  }

  @Test
  void providers_survive_json_and_restrict_who_makes_the_model() {
    ModelOptions chosen = ALL.at(List.of("meshy", "tokenhub"));
    assertThat(ModelOptions.ofJson(chosen.toJson())).isEqualTo(chosen);
    assertThat(chosen.mayBeMadeBy("meshy")).isTrue();
    assertThat(chosen.mayBeMadeBy("local")).isFalse();
    assertThat(ALL.mayBeMadeBy("local")).isTrue();
    assertThat(chosen.withNewSeed().providers()).isEqualTo(chosen.providers());
  }

  @Test
  void no_options_need_no_json() {
    assertThat(ModelOptions.NONE.toJson()).isNull();
    assertThat(ModelOptions.ofJson(null)).isEqualTo(ModelOptions.NONE);
  }

  @Test
  void numbers_have_bounds() {
    Optional<Long> none = Optional.empty();
    assertThatIllegalArgumentException().isThrownBy(() -> of(Optional.of(0), none));
    assertThatIllegalArgumentException().isThrownBy(() -> of(Optional.empty(), Optional.of(-1L)));
  }

  private static ModelOptions of(Optional<Integer> faces, Optional<Long> seed) {
    return new ModelOptions(
        faces, Optional.empty(), Optional.empty(), Optional.empty(), seed, Optional.empty());
  }

  @Test
  void a_new_seed_leaves_the_other_options() {
    ModelOptions other = ALL.withNewSeed();
    assertThat(other.seed()).isPresent();
    assertThat(other.faces()).isEqualTo(ALL.faces());
    assertThat(other.form()).isEqualTo(ALL.form());
  }
}
