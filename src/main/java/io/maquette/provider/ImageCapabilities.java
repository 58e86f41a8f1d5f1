package io.maquette.provider;

import io.maquette.option.ImageOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of pictures that a provider accepts with the model of the settings.
 *
 * @param count number of pictures that one request can make; Maquette requests one at a time
 * @param sizes size in pixels, {@code WxH}, by aspect ratio, e.g. {@code 1536x1024} by {@code 3:2};
 *     empty if only the size of the settings is available
 * @param qualities accepted qualities, the lowest first; empty if there is no choice
 * @param negativePrompt whether a request can say what the picture must not contain
 * @param seed accepted seeds; empty if a picture cannot be repeated
 */
public record ImageCapabilities(
    int count,
    Map<String, String> sizes,
    List<String> qualities,
    boolean negativePrompt,
    Optional<NumberRange> seed) {

  /** Capabilities of a provider without options. */
  public static final ImageCapabilities NONE =
      new ImageCapabilities(1, Map.of(), List.of(), false, Optional.empty());

  public ImageCapabilities {
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    qualities = List.copyOf(qualities);
  }

  /** Returns the options that the provider does not accept; empty if it accepts all. */
  public List<UnsupportedOption> unsupported(ImageOptions options) {
    List<UnsupportedOption> unsupported = new ArrayList<>();
    options
        .aspect()
        .filter(aspect -> !sizes.containsKey(aspect))
        .ifPresent(
            aspect ->
                unsupported.add(new UnsupportedOption("aspect", List.copyOf(sizes.keySet()))));
    options
        .quality()
        .filter(quality -> !qualities.contains(quality))
        .ifPresent(quality -> unsupported.add(new UnsupportedOption("quality", qualities)));
    options
        .negativePrompt()
        .filter(text -> !negativePrompt)
        .ifPresent(text -> unsupported.add(new UnsupportedOption("negativePrompt", List.of())));
    options
        .seed()
        .filter(number -> seed.isEmpty() || !seed.get().contains(number))
        .ifPresent(
            number ->
                unsupported.add(
                    new UnsupportedOption("seed", seed.map(NumberRange::words).stream().toList())));
    return unsupported;
  }

  /** Returns the size for the options; empty if they have no aspect ratio. */
  public Optional<String> sizeFor(ImageOptions options) {
    return options.aspect().map(sizes::get);
  }

  /** Returns sizes by aspect ratio in the order of the arguments: ratio, size, ratio, size. */
  public static Map<String, String> sizes(String... ratiosAndSizes) {
    Map<String, String> sizes = new LinkedHashMap<>();
    for (int i = 0; i < ratiosAndSizes.length; i += 2) {
      sizes.put(ratiosAndSizes[i], ratiosAndSizes[i + 1]);
    }
    return sizes;
  }
}
