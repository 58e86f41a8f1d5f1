package io.maquette.mesh.colour;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Filaments that a user chooses for a print.
 *
 * @param count maximum number of filaments, 1 to {@link FilamentColours#MAX}
 * @param palette colours of filaments that the user has, 0xRRGGBB; at most {@code count}
 */
public record FilamentChoice(int count, List<Integer> palette) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is outside its bounds
   */
  public FilamentChoice {
    palette = List.copyOf(palette);
    if (count < 1 || count > FilamentColours.MAX || palette.size() > count) {
      throw new IllegalArgumentException(count + " filaments, palette " + palette);
    }
  }

  /** Chooses a number of filaments of any colours. */
  public static FilamentChoice of(int count) {
    return new FilamentChoice(count, List.of());
  }

  /** Returns whether the user has filaments of certain colours. */
  public boolean hasPalette() {
    return !palette.isEmpty();
  }

  /** Returns text that identifies the choice: lower-case letters, digits and hyphens. */
  public String id() {
    return hasPalette()
        ? count + "-" + UUID.nameUUIDFromBytes(palette.toString().getBytes(StandardCharsets.UTF_8))
        : Integer.toString(count);
  }
}
