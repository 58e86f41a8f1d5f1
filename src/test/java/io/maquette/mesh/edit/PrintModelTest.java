package io.maquette.mesh.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintModelTest {

  private static PrintOptions options(String json) {
    return PrintOptions.of(
        Json.createReader(new StringReader(json.replace('\'', '"'))).readObject());
  }

  private static EditMesh run(EditMesh mesh, String json) throws Exception {
    return PrintModel.run(mesh, options(json), ProgressListener.NONE).mesh();
  }

  @Test
  void without_options_the_model_is_only_moved_to_the_plate() throws Exception {
    EditMesh mesh = run(SampleMeshes.box(5, 5, 5, 10, 20, 30), "{}");
    assertThat(mesh.volume()).isCloseTo(6_000, within(0.01));
    assertThat(mesh.extent(0)).containsExactly(-5, 5);
    assertThat(mesh.extent(1)).containsExactly(0, 20);
    assertThat(mesh.extent(2)).containsExactly(-15, 15);
  }

  @Test
  void the_flattest_side_of_a_box_is_its_largest() throws Exception {
    EditMesh tall = SampleMeshes.box(0, 0, 0, 10, 50, 30);
    EditMesh mesh = run(tall, "{'orientation':{'kind':'FLATTEST'}}");
    assertThat(mesh.size(1)).isCloseTo(10, within(0.01));
    assertThat(mesh.volume()).isCloseTo(15_000, within(1.0));
  }

  @Test
  void a_tilted_box_is_laid_flat() throws Exception {
    EditMesh tilted =
        Orienter.turned(SampleMeshes.box(0, 0, 0, 40, 10, 30), new double[] {0.3, -0.8, 0.4});
    assertThat(tilted.size(1)).isGreaterThan(15);
    for (String kind : List.of("FLATTEST", "LEAST_OVERHANG")) {
      EditMesh mesh = run(tilted, "{'orientation':{'kind':'" + kind + "'}}");
      assertThat(mesh.size(1)).as(kind).isCloseTo(10, within(0.05));
    }
  }

  @Test
  void a_mushroom_stands_on_its_head_for_the_least_overhang() throws Exception {
    EditMesh mushroom =
        SampleMeshes.together(
            SampleMeshes.box(-5, 0, -5, 10, 20.01, 10), SampleMeshes.box(-20, 20, -20, 40, 5, 40));
    EditMesh mesh = run(mushroom, "{'orientation':{'kind':'LEAST_OVERHANG'}}");
    double[] mass = mesh.centreOfMass();
    assertThat(mass[1]).isLessThan(10);
  }

  @Test
  void a_chosen_face_points_down() throws Exception {
    EditMesh mesh =
        run(
            SampleMeshes.box(0, 0, 0, 10, 20, 30),
            "{'orientation':{'kind':'FACE_DOWN','x':0,'y':0,'z':5}}");
    assertThat(mesh.size(1)).isCloseTo(30, within(0.001));
    double[] facing = new double[3];
    for (int face = 0; face < mesh.faceCount(); face++) {
      mesh.facing(face, facing);
      if (facing[1] < -1) {
        assertThat(mesh.colours()[face]).isEqualTo(0x00FFFF);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'DISC','cut':1,'thickness':3,'margin':4}",
        "{'kind':'PLATE','cut':1,'thickness':3,'margin':4}"
      })
  void a_base_is_joined_to_a_closed_solid_of_the_asked_height(String base) throws Exception {
    EditMesh mesh =
        run(
            SampleMeshes.sphere(20, 5),
            "{'base':" + base + ",'size':{'kind':'HEIGHT','millimetres':60}}");
    assertThat(mesh.isClosed()).isTrue();
    assertThat(MeshParts.split(mesh)).hasSize(1);
    assertThat(mesh.size(1)).isCloseTo(60, within(0.02));
    double sphere = 4.0 / 3 * Math.PI * Math.pow((60 - 3 + 1) / 2.0, 3);
    assertThat(mesh.volume()).isBetween(sphere, sphere * 1.1);
    assertThat(mesh.colours()).contains(0x808080, 0xFF0000, 0x0000FF);
  }

  @Test
  void a_base_joins_feet_that_stand_apart() throws Exception {
    EditMesh feet =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 10, 30, 10), SampleMeshes.box(40, 0, 20, 10, 30, 10));
    EditMesh mesh = run(feet, "{'base':{'kind':'PLATE','cut':1,'thickness':2,'margin':5}}");
    assertThat(mesh.isClosed()).isTrue();
    assertThat(MeshParts.split(mesh)).hasSize(1);
    assertThat(mesh.size(1)).isCloseTo(31, within(0.01));
  }

  @Test
  void a_flat_cut_makes_a_sphere_stand() throws Exception {
    EditMesh mesh = run(SampleMeshes.sphere(20, 5), "{'base':{'kind':'CUT_FLAT','cut':5}}");
    assertThat(mesh.isClosed()).isTrue();
    assertThat(mesh.size(1)).isCloseTo(35, within(0.05));
  }

  @Test
  void an_open_model_is_repaired_before_it_gets_a_base() throws Exception {
    EditMesh open = SampleMeshes.without(SampleMeshes.sphere(20, 4), 0, 20);
    PrintModel.Result result =
        PrintModel.run(
            open,
            options("{'base':{'kind':'DISC'},'shape':{'samples':64}}"),
            ProgressListener.NONE);
    assertThat(result.isRepaired()).isTrue();
    assertThat(result.mesh().isClosed()).isTrue();
  }

  @Test
  void a_hollow_box_has_the_wall_and_no_opening() throws Exception {
    EditMesh mesh = run(SampleMeshes.box(0, 0, 0, 30, 30, 30), "{'hollow':{'wall':3}}");
    assertThat(mesh.isClosed()).isTrue();
    assertThat(27_000 - mesh.volume()).isBetween(22.0 * 22 * 22, 24.2 * 24.2 * 24.2);
  }

  @Test
  void drain_holes_connect_the_cavity_with_the_outside() throws Exception {
    EditMesh box = SampleMeshes.box(0, 0, 0, 30, 30, 30);
    EditMesh closed = run(box, "{'hollow':{'wall':2}}");
    EditMesh mesh = run(box, "{'hollow':{'wall':2,'holes':2,'holeDiameter':4}}");
    assertThat(mesh.isClosed()).isTrue();
    assertThat(connected(mesh)).isEqualTo(1);
    assertThat(connected(closed)).isEqualTo(2);
    assertThat(closed.volume() - mesh.volume()).isBetween(40.0, 150.0);
    // Euler's characteristic of a sphere is 2; the second of two holes makes it a torus.
    assertThat(mesh.pointCount() - mesh.faceCount() / 2).isZero();
  }

  /** Counts connected surfaces; a cavity counts by itself. */
  private static int connected(EditMesh mesh) {
    int[] root = new int[mesh.pointCount()];
    Arrays.setAll(root, point -> point);
    boolean hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      for (int at = 0; at < mesh.corners().length; at++) {
        int one = mesh.corners()[at];
        int other = mesh.corners()[at - at % 3 + (at + 1) % 3];
        int least = Math.min(root[one], root[other]);
        hasChanged |= root[one] != root[other];
        root[one] = least;
        root[other] = least;
      }
    }
    return (int) Arrays.stream(root).distinct().count();
  }

  @Test
  void a_ball_without_a_base_has_no_place_for_a_drain_hole() {
    assertThatThrownBy(
            () ->
                run(
                    SampleMeshes.sphere(20, 5),
                    "{'hollow':{'wall':2,'holes':1,'holeDiameter':12}}"))
        .isInstanceOfSatisfying(
            EditException.class,
            e -> assertThat(e.reason()).isEqualTo(EditException.Reason.NO_PLACE_FOR_HOLE));
  }

  @Test
  void a_thin_model_cannot_be_hollowed() {
    EditMesh thin = SampleMeshes.box(0, 0, 0, 30, 3, 30);
    assertThatThrownBy(() -> run(thin, "{'hollow':{'wall':2}}"))
        .isInstanceOfSatisfying(
            EditException.class,
            e -> assertThat(e.reason()).isEqualTo(EditException.Reason.WALL_TOO_THICK));
  }

  @Test
  void a_model_fits_the_build_space() throws Exception {
    EditMesh mesh =
        run(
            SampleMeshes.box(0, 0, 0, 3, 1, 2),
            "{'size':{'kind':'FIT','plateWidth':200,'plateDepth':100,'plateHeight':300}}");
    assertThat(mesh.size(0)).isCloseTo(150, within(0.01));
    assertThat(mesh.size(2)).isCloseTo(100, within(0.01));
  }

  @Test
  void all_operations_together_give_a_closed_model_of_the_asked_size() throws Exception {
    EditMesh odd =
        SampleMeshes.together(
            SampleMeshes.without(SampleMeshes.sphere(20, 4), 40, 60),
            SampleMeshes.box(-5, -40, -5, 10, 30, 10).reversed());
    List<Double> reports = new ArrayList<>();
    PrintModel.Result result =
        PrintModel.run(
            odd,
            options(
                "{'size':{'kind':'HEIGHT','millimetres':80},'orientation':{'kind':'FLATTEST'},"
                    + "'base':{'kind':'DISC'},'hollow':{'wall':2,'holes':1,'holeDiameter':3},"
                    + "'shape':{'repair':'ALWAYS','samples':96,'faces':5000}}"),
            reports::add);
    EditMesh mesh = result.mesh();
    assertThat(mesh.isClosed()).isTrue();
    assertThat(mesh.faceCount()).isLessThanOrEqualTo(5_000);
    assertThat(mesh.size(1)).isCloseTo(80, within(0.2));
    assertThat(mesh.extent(1)[0]).isZero();
    assertThat(reports).isSorted().endsWith(1.0);
  }

  @Test
  void an_interrupt_in_the_middle_ends_the_work() {
    assertThatThrownBy(
            () ->
                PrintModel.run(
                    SampleMeshes.sphere(20, 5),
                    options("{'shape':{'repair':'ALWAYS','samples':96,'faces':500}}"),
                    share -> {
                      if (share > 0.3) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void options_of_equal_effect_have_an_equal_text() {
    PrintOptions one =
        options("{'size':{'kind':'HEIGHT','millimetres':80.0001,'plateWidth':100},'base':{}}");
    PrintOptions other = options("{'size':{'millimetres':80,'kind':'HEIGHT'}}");
    assertThat(one.text()).isEqualTo(other.text()).startsWith("print-1:");
    assertThat(PrintOptions.of(one.toJson())).isEqualTo(one);
    assertThat(options("{}")).isEqualTo(PrintOptions.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'size':{'kind':'HEIGHT','millimetres':0}}",
        "{'size':{'kind':'BIG'}}",
        "{'size':7}",
        "{'colour':{}}",
        "{'base':{'heigth':2}}",
        "{'base':{'kind':'DISC','colour':0.5}}",
        "{'hollow':{'wall':0.1}}",
        "{'hollow':{'wall':2,'holes':9}}",
        "{'shape':{'samples':100000}}",
        "{'shape':{'faces':3}}",
        "{'orientation':{'kind':'FACE_DOWN'}}"
      })
  void wrong_options_are_refused_with_their_name(String json) {
    assertThatThrownBy(() -> options(json))
        .isInstanceOfSatisfying(
            PrintOptions.InvalidOptionException.class, e -> assertThat(e.option()).isNotEmpty());
  }
}
