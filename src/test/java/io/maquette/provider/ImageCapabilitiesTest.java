package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.option.ImageOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageCapabilitiesTest {

  private static final ImageOptions ALL =
      new ImageOptions(
          Optional.of("3:2"), Optional.of("low"), Optional.of("text"), Optional.of(10L));

  private static ImageCapabilities capabilities(long maxSeed) {
    return new ImageCapabilities(
        1,
        ImageCapabilities.sizes("1:1", "10x10", "3:2", "15x10"),
        List.of("low", "high"),
        true,
        Optional.of(new NumberRange(0, maxSeed)));
  }

  @Test
  void a_provider_without_options_accepts_none() {
    assertThat(ImageCapabilities.NONE.unsupported(ALL))
        .extracting(UnsupportedOption::name)
        .containsExactly("aspect", "quality", "negativePrompt", "seed");
    assertThat(ImageCapabilities.NONE.unsupported(ImageOptions.NONE)).isEmpty();
  }

  @Test
  void options_within_the_capabilities_are_accepted() {
    assertThat(capabilities(10).unsupported(ALL)).isEmpty();
    assertThat(capabilities(10).sizeFor(ALL)).contains("15x10");
    assertThat(capabilities(10).sizeFor(ImageOptions.NONE)).isEmpty();
  }

  @Test
  void a_refusal_names_the_accepted_values() {
    assertThat(capabilities(9).unsupported(ALL))
        .containsExactly(new UnsupportedOption("seed", List.of("0 to 9")));
    ImageOptions square =
        new ImageOptions(
            Optional.of("5:4"), Optional.of("best"), Optional.empty(), Optional.empty());
    assertThat(capabilities(9).unsupported(square))
        .containsExactly(
            new UnsupportedOption("aspect", List.of("1:1", "3:2")),
            new UnsupportedOption("quality", List.of("low", "high")));
  }
}
