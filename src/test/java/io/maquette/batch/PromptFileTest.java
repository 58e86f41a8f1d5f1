package io.maquette.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.maquette.batch.PromptFile.Entry;
import io.maquette.batch.PromptFile.Format;
import io.maquette.option.ImageOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptFileTest {

  private static PromptFile file(Format format, String text) {
    return new PromptFile(format, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Entry> entries(PromptFile file, long after) {
    List<Entry> entries = new ArrayList<>();
    file.entries(after).forEachRemaining(entries::add);
    return entries;
  }

  @Test
  void csv_is_read_by_its_prompt_column_and_other_columns_are_ignored() {
    PromptFile file =
        file(
            Format.CSV,
            "\ufeffid, Prompt ,note\r\n1,  a red fox ,x\n\n2,\"a \"\"big\"\", blue one\"\n3,一只猫🐱,\n");
    assertThat(entries(file, 0))
        .containsExactly(
            new Entry(2, "a red fox", null),
            new Entry(4, "a \"big\", blue one", null),
            new Entry(5, "一只猫🐱", null));
    assertThat(entries(file, 4)).extracting(Entry::number).containsExactly(5L);
    assertThat(file.count()).isEqualTo(3);
    assertThat(file.check(0)).isEqualTo(3);
  }

  @Test
  void a_json_line_that_is_cut_off_anywhere_is_reported_by_its_number() {
    String line =
        "{\"tags\":[\"x\",[{\"a\":\"]\"}]],\"more\":{\"b\":{}},\"prompt\":\"a mug\",\"last\":[1]}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 1; length < line.length(); length++) {
            assertThat(lines("{\"prompt\":\"a cat\"}\n" + line.substring(0, length)))
                .containsExactly(
                    new Entry(1, "a cat", null), new Entry(2, null, "is not a JSON object"));
          }
        });
  }

  @Test
  void a_json_line_that_is_nested_without_end_is_reported_by_its_number() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String line :
              List.of(
                  "{\"prompt\":\"a mug\",\"tags\":[\"x\"",
                  "{\"prompt\":{\"a\":1",
                  "{\"prompt\":" + "[".repeat(50_000),
                  "{\"prompt\":" + "{\"a\":".repeat(50_000),
                  "{\"prompt\":\"a mug\",\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")) {
            assertThat(lines("{\"prompt\":\"a cat\"}\n" + line + "\n{\"prompt\":\"a dog\"}"))
                .containsExactly(
                    new Entry(1, "a cat", null),
                    new Entry(2, null, "is not a JSON object"),
                    new Entry(3, "a dog", null));
          }
        });
  }

  private static List<Entry> lines(String text) {
    return entries(file(Format.JSON_LINES, text), 0);
  }

  @Test
  void json_lines_are_read_by_their_prompt_member_and_other_members_are_ignored() {
    PromptFile file =
        file(
            Format.JSON_LINES,
            "{\"prompt\":\"a fox\",\"tags\":[{\"prompt\":\"no\"}],\"more\":{\"prompt\":1}}\n"
                + "{\"prompt\":\"\\u72d0\"}");
    assertThat(entries(file, 0))
        .containsExactly(new Entry(1, "a fox", null), new Entry(2, "狐", null));
  }

  @Test
  void options_of_pictures_are_read_in_both_formats() {
    ImageOptions options =
        new ImageOptions(
            Optional.of(2),
            Optional.of("16:9"),
            Optional.of("low"),
            Optional.of("a hat"),
            Optional.of(7L),
            true);
    assertThat(
            entries(
                file(
                    Format.CSV,
                    """
                    Prompt,Count,ASPECT,quality,negativeprompt,seed,choose
                    a cat,2,16:9,low, a hat ,7,first
                    a dog,,,,,,user
                    a fox
                    """),
                0))
        .containsExactly(
            new Entry(2, "a cat", options, null),
            new Entry(3, "a dog", null),
            new Entry(4, "a fox", null));
    assertThat(
            lines(
                "{\"prompt\":\"a cat\",\"count\":2,\"aspect\":\"16:9\",\"quality\":\"low\","
                    + "\"negativePrompt\":\"a hat\",\"seed\":7,\"choose\":\"first\"}\n"
                    + "{\"prompt\":\"a dog\",\"seed\":null}"))
        .containsExactly(new Entry(1, "a cat", options, null), new Entry(2, "a dog", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count|5|count must be a whole number from 1 to 4",
        "count|0|count must be a whole number from 1 to 4",
        "seed|2147483648|seed must be a whole number from 0 to 2147483647",
        "seed|x|seed must be a whole number from 0 to 2147483647",
        "choose|all|choose must be user or first",
        "aspect|wide|aspect must be an aspect ratio such as 3:2",
        "quality|Best|quality must have at most 40 lower-case letters, digits, hyphens or underscores",
        "negativePrompt|a\u0007b|negativePrompt must have at most 500 characters and no control characters",
      })
  void an_invalid_option_is_named(String name, String value, String reason) {
    assertThat(entries(file(Format.CSV, "prompt," + name + "\na cat," + value), 0))
        .containsExactly(new Entry(2, null, reason));
  }

  @Test
  void an_option_of_another_type_is_named() {
    assertThat(lines("{\"prompt\":\"a\",\"seed\":\"7\"}\n{\"prompt\":\"a\",\"aspect\":[1]}"))
        .containsExactly(
            new Entry(1, null, "seed must be a number"),
            new Entry(2, null, "aspect must be a string"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CSV|x,\"open|has quotes that do not match",
        "CSV|only one|has no value in the column prompt",
        "CSV|x, |prompt must have 1 to 500 characters and no control characters",
        "CSV|x,a\u0007b|prompt must have 1 to 500 characters and no control characters",
        "JSON_LINES|[1]|is not a JSON object",
        "JSON_LINES|{\"prompt\":\"a\"} {}|is not a JSON object",
        "JSON_LINES|{\"prompt\":|is not a JSON object",
        "JSON_LINES|{\"prompt\":7}|prompt must be a string",
        "JSON_LINES|{\"text\":\"a\"}|has no prompt",
        "JSON_LINES|{\"prompt\":\"\"}|prompt must have 1 to 500 characters and no control"
            + " characters",
      })
  void an_invalid_line_is_named_by_its_number_and_the_others_are_read(
      Format format, String line, String reason) {
    String head = format == Format.CSV ? "note,prompt\n" : "{\"prompt\":\"good\"}\n";
    String good = format == Format.CSV ? "x,good" : "{\"prompt\":\"good\"}";
    List<Entry> entries = entries(file(format, head + line + "\n" + good), 1);
    assertThat(entries).containsExactly(new Entry(2, null, reason), new Entry(3, "good", null));
  }

  @Test
  void lines_that_are_not_utf8_or_too_long_are_wrong() {
    byte[] bytes = "prompt\nxx\n".getBytes(StandardCharsets.UTF_8);
    bytes[7] = (byte) 0xC3;
    assertThat(entries(new PromptFile(Format.CSV, bytes), 0))
        .containsExactly(new Entry(2, null, "is not UTF-8"));
    assertThat(entries(file(Format.CSV, "prompt\n" + "x".repeat(500)), 0).get(0).problem())
        .isNull();
    assertThat(entries(file(Format.CSV, "prompt\n" + "x".repeat(501)), 0).get(0).prompt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "text\na fox", "\"prompt"})
  void a_file_without_the_prompt_column_is_refused(String text) {
    assertThatThrownBy(() -> file(Format.CSV, text))
        .isInstanceOf(BatchException.InvalidPromptFile.class);
  }

  @Test
  void a_file_with_too_many_wrong_lines_is_refused_with_the_first_of_them() {
    PromptFile bad = file(Format.CSV, "prompt\n" + "\" \n".repeat(30) + "good\n");
    assertThat(bad.check(30)).isEqualTo(31);
    assertThatThrownBy(() -> bad.check(29))
        .isInstanceOfSatisfying(
            BatchException.InvalidPromptFile.class,
            e -> {
              assertThat(e).hasMessage("has 30 invalid lines; the limit is 29");
              assertThat(e.lines()).hasSize(10).first().extracting(Entry::number).isEqualTo(2L);
            });
    assertThatThrownBy(() -> file(Format.JSON_LINES, "\n").check(10))
        .isInstanceOf(BatchException.InvalidPromptFile.class);
    assertThatThrownBy(
            () -> file(Format.JSON_LINES, "x\n".repeat(PromptFile.MAX_LINES + 1)).check(200_000))
        .hasMessageContaining("1 to 100000 lines");
    assertThatThrownBy(() -> new PromptFile(Format.CSV, new byte[PromptFile.MAX_BYTES + 1]))
        .isInstanceOf(BatchException.InvalidPromptFile.class);
  }
}
