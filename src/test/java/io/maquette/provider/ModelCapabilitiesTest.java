package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.option.ModelOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCapabilitiesTest {

  private static final ModelCapabilities PLAIN = ModelCapabilities.plain(CostBasis.FREE);

  private static final ModelCapabilities RICH =
      new ModelCapabilities(
          ModelCapabilities.Inputs.PICTURE,
          new ModelCapabilities.Mesh(
              Optional.of(new NumberRange(100, 1_000)), List.of("quad"), List.of("glb")),
          new ModelCapabilities.Surface(true, true),
          Optional.of(new NumberRange(0, 9)),
          List.of("relief"),
          CostBasis.FREE);

  private static ModelOptions options(int faces, boolean texture) {
    return new ModelOptions(
        Optional.of(faces),
        Optional.of("quad"),
        Optional.of(texture),
        Optional.of(true),
        Optional.of(9L),
        Optional.of("relief"));
  }

  @Test
  void options_within_the_capabilities_are_accepted() {
    assertThat(RICH.unsupported(options(1_000, true))).isEmpty();
    assertThat(PLAIN.unsupported(ModelOptions.NONE)).isEmpty();
  }

  @Test
  void a_provider_without_options_accepts_none() {
    assertThat(PLAIN.unsupported(options(100, true)))
        .extracting(UnsupportedOption::name)
        .containsExactly("faces", "topology", "texture", "pbr", "seed", "form");
  }

  @Test
  void a_refusal_names_the_accepted_values() {
    assertThat(RICH.unsupported(options(99, true)))
        .containsExactly(new UnsupportedOption("faces", List.of("100 to 1000")));
  }

  @Test
  void materials_need_a_texture() {
    assertThat(RICH.unsupported(options(100, false)))
        .extracting(UnsupportedOption::name)
        .containsExactly("pbr");
  }
}
