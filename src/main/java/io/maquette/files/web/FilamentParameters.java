package io.maquette.files.web;

import io.maquette.http.ProblemException;
import io.maquette.mesh.ModelFormat;
import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.mesh.colour.FilamentColours;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reader of the parameters {@code colors} and {@code palette} of a model's download. */
final class FilamentParameters {

  private static final Pattern COUNT = Pattern.compile("[1-9]|1[0-6]");
  private static final Pattern PALETTE =
      Pattern.compile("#?[0-9A-Fa-f]{6}(,#?[0-9A-Fa-f]{6}){0," + (FilamentColours.MAX - 1) + "}");

  private FilamentParameters() {}

  /**
   * Reads the parameters.
   *
   * @param colors number of filaments; null for as many as the palette has
   * @param palette colours in hexadecimal digits with commas between them; null for none
   * @param format of the download; null for GLB
   * @return the filaments; empty if both parameters are missing
   * @throws ProblemException with the parameter that is refused
   */
  static Optional<FilamentChoice> of(String colors, String palette, ModelFormat format) {
    if (colors == null && palette == null) {
      return Optional.empty();
    }
    boolean isWithColours = format == null || format == ModelFormat.THREE_MF;
    if (colors != null && !(isWithColours && COUNT.matcher(colors).matches())) {
      throw ProblemException.ofField("colors", "invalid.colors", FilamentColours.MAX);
    }
    List<Integer> chosen = palette == null ? List.of() : coloursOf(palette);
    int count = colors == null ? chosen.size() : Integer.parseInt(colors);
    if (!isWithColours || chosen.size() > count) {
      throw invalidPalette();
    }
    return Optional.of(new FilamentChoice(count, chosen));
  }

  private static List<Integer> coloursOf(String palette) {
    if (!PALETTE.matcher(palette).matches()) {
      throw invalidPalette();
    }
    return Pattern.compile(",")
        .splitAsStream(palette.replace("#", ""))
        .map(colour -> Integer.valueOf(colour, 16))
        .toList();
  }

  private static ProblemException invalidPalette() {
    return ProblemException.ofField("palette", "invalid.palette", FilamentColours.MAX);
  }
}
