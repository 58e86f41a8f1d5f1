package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.studio.LocalSamples;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Test that the default models of the built-in studio stand, by the printability report. */
@Tag("slow")
class StandingFiguresTest {

  private static final double STEADY = 6;

  /** How many of the gallery's sentences are tried in every build. */
  private static final int SOME = 6;

  static List<String> some() {
    return LocalSamples.GALLERY.subList(0, SOME);
  }

  static List<String> others() {
    return LocalSamples.GALLERY.subList(SOME, LocalSamples.GALLERY.size());
  }

  @ParameterizedTest
  @MethodSource("some")
  void a_model_of_the_gallery_stands_in_one_closed_piece(String sentence) throws Exception {
    assertStands(sentence);
  }

  @Tag("all")
  @ParameterizedTest
  @MethodSource("others")
  void every_other_model_of_the_gallery_stands_too(String sentence) throws Exception {
    assertStands(sentence);
  }

  private static void assertStands(String sentence) throws Exception {
    int style = LocalSamples.GALLERY.indexOf(sentence) % 4;
    byte[] glb = LocalSamples.smallModel(LocalSamples.picture(sentence, style));
    Printability report = PrintabilityCheck.of(GlbReader.read(new ByteArrayInputStream(glb)));
    assertThat(report.standing().tipping()).as("tipping angle").isGreaterThan(STEADY);
    assertThat(report.standing().contact()).as("contact").isGreaterThan(report.leastContact());
    assertThat(report.standing().floating()).as("floating pieces").isZero();
    assertThat(report.shell().closed()).as("closed").isTrue();
    assertThat(report.shell().parts()).as("pieces").isEqualTo(1);
    assertThat(report.thinWalls()).as("thin walls").isLessThan(0.02);
    assertThat(report.remarks())
        .doesNotContain(
            Printability.Remark.TIPS_OVER,
            Printability.Remark.LITTLE_CONTACT,
            Printability.Remark.THIN_WALLS);
  }
}
