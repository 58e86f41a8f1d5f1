package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maquette.mesh.Printability.Remark;
import io.maquette.mesh.Printability.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Test of the printability report. Cubes here are 20 mm. */
class PrintabilityTest {

  private static final String CUBE = "{'mesh':0,'scale':[0.02,0.02,0.02]}";

  private static Printability of(String nodes) throws IOException {
    TestGlb glb = new TestGlb();
    glb.cube();
    glb.openCube();
    Printability told = PrintabilityCheck.of(ModelFormatTest.read(glb.file(nodes)));
    assertThat(Printability.of(told.toJson())).isEqualTo(told);
    return told;
  }

  @Test
  void a_cube_is_printable() throws Exception {
    Printability cube = of("[" + CUBE + "]");
    assertThat(cube.extent().width()).isCloseTo(20, within(1e-3));
    assertThat(cube.shell().volume()).isCloseTo(8_000, within(0.1));
    assertThat(cube.shell().area()).isCloseTo(2_400, within(0.1));
    assertThat(cube.shell().closed()).isTrue();
    assertThat(cube.shell().parts()).isEqualTo(1);
    assertThat(cube.thinWalls()).isZero();
    assertThat(cube.overhangs()).as("its bottom lies on the bed").isZero();
    assertThat(cube.verdict()).isEqualTo(Verdict.READY);
  }

  @Test
  void an_open_surface_cannot_be_printed() throws Exception {
    Printability open = of("[{'mesh':1,'scale':[0.02,0.02,0.02]}]");
    assertThat(open.shell().closed()).isFalse();
    assertThat(open.shell().openEdges()).isEqualTo(4);
    assertThat(open.verdict()).isEqualTo(Verdict.NOT_AS_IT_IS);
    assertThat(open.remarks()).containsExactly(Remark.OPEN);
  }

  @Test
  void thin_walls_are_found() throws Exception {
    assertThat(of("[{'mesh':0,'scale':[0.02,0.0005,0.02]}]").thinWalls()).isGreaterThan(0.9);
    assertThat(of("[{'mesh':0,'scale':[0.02,0.001,0.02]}]").thinWalls()).isZero();
  }

  @Test
  void overhangs_and_separate_parts_are_found() throws Exception {
    Printability two =
        of("[{'children':[1,2]}," + CUBE + ",{'children':[1],'translation':[0,0.03,0]}]");
    assertThat(two.shell().parts()).isEqualTo(2);
    assertThat(two.overhangs()).isCloseTo(1 / 12.0, within(1e-4));
    assertThat(two.remarks())
        .containsExactly(Remark.SEVERAL_PARTS, Remark.FLOATING, Remark.OVERHANGS);
    assertThat(two.verdict()).isEqualTo(Verdict.NOT_AS_IT_IS);
  }

  @Test
  void unusual_sizes_are_reported() throws Exception {
    assertThat(of("[{'mesh':0}]").remarks()).containsExactly(Remark.TOO_LARGE);
    assertThat(of("[{'mesh':0,'scale':[0.005,0.005,0.005]}]").remarks())
        .containsExactly(Remark.TOO_SMALL);
  }

  @Test
  void a_cube_stands_on_its_whole_bottom() throws Exception {
    Standing cube = of("[" + CUBE + "]").standing();
    assertThat(cube.contact()).isCloseTo(400, within(20.0));
    assertThat(cube.tipping()).isCloseTo(45, within(1.0));
    assertThat(cube.floating()).isZero();
    assertThat(cube.islands()).isZero();
    assertThat(cube.support()).isZero();
  }

  @Test
  void a_piece_in_the_air_is_floating_and_needs_support_below() throws Exception {
    Standing two =
        of("[{'children':[1,2]}," + CUBE + ",{'children':[1],'translation':[0,0.03,0]}]")
            .standing();
    assertThat(two.floating()).isEqualTo(1);
    assertThat(two.islands()).isEqualTo(1);
    assertThat(two.support()).isCloseTo(4_000, within(400.0));
  }

  @Test
  void a_tall_column_tips_over_and_has_little_contact() throws Exception {
    Printability column = of("[{'mesh':0,'scale':[0.004,0.08,0.004]}]");
    assertThat(column.standing().tipping()).isCloseTo(2.9, within(0.4));
    assertThat(column.remarks()).containsExactly(Remark.TIPS_OVER, Remark.LITTLE_CONTACT);
    assertThat(column.verdict()).isEqualTo(Verdict.WITH_CARE);
  }

  @Test
  void a_model_whose_mass_is_beside_its_base_falls_over_by_itself() throws Exception {
    Printability leaning =
        of(
            "[{'children':[1,2]},{'mesh':0,'scale':[0.01,0.02,0.02]},"
                + "{'mesh':0,'scale':[0.06,0.02,0.02],'translation':[0,0.02,0]}]");
    assertThat(leaning.standing().tipping()).isNegative();
    assertThat(leaning.standing().floating()).isZero();
    assertThat(leaning.verdict()).isEqualTo(Verdict.NOT_AS_IT_IS);
  }
}
