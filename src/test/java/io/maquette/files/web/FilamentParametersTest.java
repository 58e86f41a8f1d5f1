package io.maquette.files.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.http.ProblemException;
import io.maquette.mesh.ModelFormat;
import io.maquette.mesh.colour.FilamentChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test of the parameters that choose the filaments of a download. */
class FilamentParametersTest {

  @Test
  void a_palette_alone_has_as_many_filaments_as_colours() {
    assertThat(FilamentParameters.of(null, "FF8800,#1a1A1a", ModelFormat.THREE_MF))
        .contains(new FilamentChoice(2, List.of(0xFF8800, 0x1A1A1A)));
    assertThat(FilamentParameters.of("4", "FF8800", null))
        .contains(new FilamentChoice(4, List.of(0xFF8800)));
    assertThat(FilamentParameters.of("16", null, null)).contains(FilamentChoice.of(16));
    assertThat(FilamentParameters.of(null, null, ModelFormat.STL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "0;-;THREE_MF;colors",
        "17;-;THREE_MF;colors",
        "+4;-;THREE_MF;colors",
        "4;-;PLY;colors",
        "-;FF8800;STL;palette",
        "-;'';THREE_MF;palette",
        "-;FF880;THREE_MF;palette",
        "-;FF8800,;THREE_MF;palette",
        "-;red;THREE_MF;palette",
        "1;FF8800,000000;THREE_MF;palette",
        "-;0,0;THREE_MF;palette"
      })
  void other_values_are_refused_with_their_field(
      String colors, String palette, ModelFormat format, String field) {
    assertThat(refused(colors, palette, format)).contains(field);
  }

  @Test
  void a_palette_of_seventeen_colours_is_refused() {
    assertThat(refused(null, "000000" + ",FFFFFF".repeat(16), ModelFormat.THREE_MF))
        .contains("palette");
  }

  private static String refused(String colors, String palette, ModelFormat format) {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> FilamentParameters.of(colors, palette, format));
    return String.valueOf(refusal.problem().details());
  }
}
