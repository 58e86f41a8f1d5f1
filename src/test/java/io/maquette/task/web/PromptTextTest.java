package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTextTest {

  private static boolean isFit(String prompt) {
    return new PromptText.Check().isValid(new CreateTask(prompt).prompt(), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "一只可爱的小猫",
        "  trimmed\n",
        "<script>alert(1)</script>",
        "right\u202eto left",
        "👨‍👩‍👧‍👦",
        "a\u00a0b\u3000c",
        "\u00a0x",
        "\ufffd\ue000",
      })
  void texts_in_any_script_are_accepted(String prompt) {
    assertThat(isFit(prompt)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\n\t",
        "\u00a0",
        "\u3000\u2003",
        "\u200b",
        "\u202e\u2066",
        "\ufeff",
        "a\0b",
        "two\nlines",
        "a\tb",
        "a\u007fb",
        "a\u0085b",
        "\ud83d alone",
        "alone \udc31",
        "\ud83d",
        "\udc00a",
      })
  void invisible_and_control_characters_are_refused(String prompt) {
    assertThat(isFit(prompt)).isFalse();
  }

  @Test
  void a_missing_prompt_is_refused() {
    assertThat(isFit(null)).isFalse();
  }

  @Test
  void five_hundred_code_points_are_counted_after_trimming() {
    assertThat(isFit("🐱".repeat(500))).isTrue();
    assertThat(isFit(" ".repeat(1000) + "a".repeat(500) + " ".repeat(1000))).isTrue();
    assertThat(isFit("a".repeat(501))).isFalse();
    assertThat(isFit("🐱".repeat(501))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"  a b  |a b", "\u3000猫\u00a0|猫", "a|a", " | "})
  void space_around_the_prompt_is_removed(String prompt, String trimmed) {
    assertThat(new CreateTask(prompt).prompt()).isEqualTo(trimmed.strip());
  }
}
