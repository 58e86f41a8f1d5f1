package io.maquette.option;

import io.maquette.json.GuardedJson;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Options of a task's pictures. An empty component leaves the value to the settings or the
 * provider.
 *
 * @param count number of pictures, 1 to {@value #MAX_COUNT}
 * @param aspect aspect ratio, such as {@code 3:2}
 * @param quality quality by the provider's name, such as {@code low}
 * @param negativePrompt what the pictures must not contain; not blank, at most {@value
 *     #MAX_NEGATIVE_PROMPT} characters
 * @param seed random seed of all pictures, 0 to {@link #MAX_SEED}
 * @param choosesFirst whether the task continues with the model of the first picture, as soon as
 *     all pictures are stored; otherwise its user chooses
 */
public record ImageOptions(
    Optional<Integer> count,
    Optional<String> aspect,
    Optional<String> quality,
    Optional<String> negativePrompt,
    Optional<Long> seed,
    boolean choosesFirst) {

  /** Maximum number of pictures, which is also the default. */
  public static final int MAX_COUNT = 4;

  /** Regular expression of an aspect ratio, e.g. {@code 3:2}. */
  public static final String ASPECT = "[1-9][0-9]?:[1-9][0-9]?";

  /** Regular expression of a quality, e.g. {@code low}. */
  public static final String QUALITY = "[a-z0-9_-]{1,40}";

  /** Maximum number of characters of a negative prompt, counted as code points. */
  public static final int MAX_NEGATIVE_PROMPT = 500;

  /** Largest seed; every provider with seeds accepts it. */
  public static final long MAX_SEED = Integer.MAX_VALUE;

  /** Value of {@code choose} for a task that continues with the first picture. */
  public static final String FIRST = "first";

  /** Regular expression of who chooses the picture. */
  public static final String CHOOSE = "user|" + FIRST;

  /** No options. */
  public static final ImageOptions NONE =
      new ImageOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Creates options of a task whose user chooses. */
  public ImageOptions(
      Optional<Integer> count,
      Optional<String> aspect,
      Optional<String> quality,
      Optional<String> negativePrompt,
      Optional<Long> seed) {
    this(count, aspect, quality, negativePrompt, seed, false);
  }

  /** Creates options for the default number of pictures. */
  public ImageOptions(
      Optional<String> aspect,
      Optional<String> quality,
      Optional<String> negativePrompt,
      Optional<Long> seed) {
    this(Optional.empty(), aspect, quality, negativePrompt, seed);
  }

  public ImageOptions {
    count.ifPresent(number -> check("count", number, 1, MAX_COUNT));
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(negativePrompt, "negativePrompt");
    seed.ifPresent(number -> check("seed", number, 0, MAX_SEED));
  }

  /** Refuses a number outside its bounds. */
  static void check(String name, long number, long min, long max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + number);
    }
  }

  /** Returns the number of pictures to make. */
  public int pictures() {
    return count.orElse(MAX_COUNT);
  }

  /** Returns the options with a new random seed, for other pictures of the same kind. */
  public ImageOptions withNewSeed() {
    long random = new SplittableRandom().nextLong(MAX_SEED + 1);
    return new ImageOptions(
        count, aspect, quality, negativePrompt, Optional.of(random), choosesFirst);
  }

  /** Returns the options as a JSON object; null if there are none. */
  public String toJson() {
    if (equals(NONE)) {
      return null;
    }
    JsonObjectBuilder json = Json.createObjectBuilder();
    count.ifPresent(value -> json.add("count", value));
    aspect.ifPresent(value -> json.add("aspect", value));
    quality.ifPresent(value -> json.add("quality", value));
    negativePrompt.ifPresent(value -> json.add("negativePrompt", value));
    seed.ifPresent(value -> json.add("seed", value));
    if (choosesFirst) {
      json.add("choose", FIRST);
    }
    return json.build().toString();
  }

  /**
   * Reads options that {@link #toJson} has written. Members of later versions are ignored.
   *
   * @param json null for no options
   */
  public static ImageOptions ofJson(String json) {
    if (json == null) {
      return NONE;
    }
    JsonObject members = GuardedJson.object(json);
    return new ImageOptions(
        Optional.ofNullable(members.getJsonNumber("count")).map(JsonNumber::intValueExact),
        text(members, "aspect"),
        text(members, "quality"),
        text(members, "negativePrompt"),
        Optional.ofNullable(members.getJsonNumber("seed")).map(JsonNumber::longValueExact),
        FIRST.equals(members.getString("choose", null)));
  }

  private static Optional<String> text(JsonObject members, String name) {
    return Optional.ofNullable(members.getString(name, null));
  }
}
