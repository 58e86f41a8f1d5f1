package io.maquette.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageOptionsTest {

  private static final ImageOptions ALL =
      new ImageOptions(
          Optional.of("3:2"),
          Optional.of("low"),
          Optional.of("text, \"signs\" \\ 🎩"),
          Optional.of(ImageOptions.MAX_SEED));

  @Test
  void options_survive_json() {
    assertThat(ImageOptions.ofJson(ALL.toJson())).isEqualTo(ALL);
    assertThat(ImageOptions.ofJson("{\"aspect\":\"3:2\",\"later\":[1]}").aspect()).contains("3:2");
  }

  @Test
  void the_user_chooses_unless_the_first_picture_is_wanted() {
    assertThat(ALL.choosesFirst()).isFalse();
    ImageOptions first = ImageOptions.ofJson("{\"choose\":\"first\"}");
    assertThat(first.choosesFirst()).isTrue();
    assertThat(ImageOptions.ofJson(first.toJson())).isEqualTo(first);
    assertThat(first.withNewSeed().choosesFirst()).isTrue();
  }

  @Test
  void no_options_need_no_json() {
    assertThat(ImageOptions.NONE.toJson()).isNull();
    assertThat(ImageOptions.ofJson(null)).isEqualTo(ImageOptions.NONE);
    assertThat(ImageOptions.ofJson("{}")).isEqualTo(ImageOptions.NONE);
  }

  @Test
  void the_number_of_pictures_is_1_to_4() {
    assertThat(of(1).pictures()).isEqualTo(1);
    assertThat(ImageOptions.ofJson(of(3).toJson()).pictures()).isEqualTo(3);
    assertThat(ImageOptions.NONE.pictures()).isEqualTo(4);
    assertThatIllegalArgumentException().isThrownBy(() -> of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> of(5));
  }

  private static ImageOptions of(int count) {
    return new ImageOptions(
        Optional.of(count), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, ImageOptions.MAX_SEED + 1})
  void a_seed_is_within_the_bounds_of_every_provider(long seed) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ImageOptions(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(seed)));
  }

  @Test
  void a_new_seed_leaves_the_other_options() {
    ImageOptions other = ALL.withNewSeed();
    assertThat(other.seed().orElseThrow()).isBetween(0L, ImageOptions.MAX_SEED);
    assertThat(other.aspect()).isEqualTo(ALL.aspect());
    assertThat(other.quality()).isEqualTo(ALL.quality());
    assertThat(other.negativePrompt()).isEqualTo(ALL.negativePrompt());
  }

  @Test
  void the_longest_options_fit_into_their_column() {
    String quotes = "\"".repeat(ImageOptions.MAX_NEGATIVE_PROMPT);
    String json =
        new ImageOptions(
                Optional.of("99:99"),
                Optional.of("q".repeat(40)),
                Optional.of(quotes),
                Optional.of(ImageOptions.MAX_SEED))
            .toJson();
    assertThat(json).hasSizeLessThan(8_000);
  }
}
