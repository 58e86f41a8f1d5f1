package io.maquette.batch;

import io.maquette.option.ImageOptions;
import io.maquette.task.Prompt;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of pictures in a line of a prompt file. A value that is missing or empty is not set. */
final class LineOptions {

  private static final String COUNT = "count";
  private static final String ASPECT = "aspect";
  private static final String QUALITY = "quality";
  private static final String NEGATIVE_PROMPT = "negativePrompt";
  private static final String SEED = "seed";
  private static final String CHOOSE = "choose";

  /** Names of the options. */
  static final Set<String> NAMES = Set.of(COUNT, ASPECT, QUALITY, NEGATIVE_PROMPT, SEED, CHOOSE);

  /** Names of the options that are numbers. */
  static final Set<String> NUMBERS = Set.of(COUNT, SEED);

  private LineOptions() {}

  /**
   * Reads the options.
   *
   * @param values values of the line by the names of its columns or members
   * @throws IllegalArgumentException naming the option that is invalid, for display
   */
  static ImageOptions of(Map<String, String> values) {
    Optional<String> negativePrompt = value(values, NEGATIVE_PROMPT).map(Prompt::trimmed);
    negativePrompt.ifPresent(
        text ->
            check(
                Prompt.isAcceptable(text),
                NEGATIVE_PROMPT,
                "have at most " + Prompt.MAX + " characters and no control characters"));
    return new ImageOptions(
        number(values, COUNT, 1, ImageOptions.MAX_COUNT).map(Long::intValue),
        text(values, ASPECT, ImageOptions.ASPECT, "be an aspect ratio such as 3:2"),
        text(
            values,
            QUALITY,
            ImageOptions.QUALITY,
            "have at most 40 lower-case letters, digits, hyphens or underscores"),
        negativePrompt,
        number(values, SEED, 0, ImageOptions.MAX_SEED),
        text(values, CHOOSE, ImageOptions.CHOOSE, "be user or first")
            .filter(ImageOptions.FIRST::equals)
            .isPresent());
  }

  private static Optional<String> value(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Optional<String> text(
      Map<String, String> values, String name, String pattern, String rule) {
    Optional<String> value = value(values, name);
    value.ifPresent(text -> check(text.matches(pattern), name, rule));
    return value;
  }

  private static Optional<Long> number(
      Map<String, String> values, String name, long min, long max) {
    Optional<String> value = value(values, name);
    value.ifPresent(
        text ->
            check(
                text.matches("[0-9]{1,10}")
                    && Long.parseLong(text) >= min
                    && Long.parseLong(text) <= max,
                name,
                "be a whole number from " + min + " to " + max));
    return value.map(Long::valueOf);
  }

  private static void check(boolean isValid, String name, String rule) {
    if (!isValid) {
      throw new IllegalArgumentException(name + " must " + rule);
    }
  }
}
