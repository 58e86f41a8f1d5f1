package io.maquette.mesh.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecimationTest {

  @Test
  void a_sphere_keeps_its_volume_its_closedness_and_its_colours() throws Exception {
    EditMesh sphere = SampleMeshes.sphere(20, 6);
    EditMesh reduced = Decimation.of(sphere, 2_000, EditProgress.none());
    assertThat(sphere.faceCount()).isEqualTo(49_152);
    assertThat(reduced.faceCount()).isBetween(1_900, 2_000);
    assertThat(reduced.isClosed()).isTrue();
    assertThat(reduced.volume()).isCloseTo(sphere.volume(), within(sphere.volume() * 0.005));
    assertThat(area(reduced, 0xFF0000)).isCloseTo(area(sphere, 0xFF0000), within(60.0));
    for (int face = 0; face < reduced.faceCount(); face++) {
      for (int side = 0; side < 3; side++) {
        float height = reduced.positions()[3 * reduced.corners()[3 * face + side] + 1];
        assertThat(reduced.colours()[face] == 0xFF0000 ? height : -height).isGreaterThan(-1.5f);
      }
    }
  }

  private static double area(EditMesh mesh, int colour) {
    double area = 0;
    double[] facing = new double[3];
    for (int face = 0; face < mesh.faceCount(); face++) {
      mesh.facing(face, facing);
      area += mesh.colours()[face] == colour ? EditMesh.length(facing) / 2 : 0;
    }
    return area;
  }

  @Test
  void flat_sides_need_few_triangles() throws Exception {
    EditMesh box = SampleMeshes.box(0, 0, 0, 30, 20, 10);
    for (int split = 0; split < 5; split++) {
      box = SampleMeshes.split(box);
    }
    EditMesh reduced = Decimation.of(box, 12, EditProgress.none());
    assertThat(reduced.faceCount()).isEqualTo(12);
    assertThat(reduced.isClosed()).isTrue();
    assertThat(reduced.volume()).isCloseTo(6_000, within(0.5));
    assertThat(Arrays.stream(reduced.colours()).distinct().count()).isEqualTo(6);
  }

  @Test
  void the_border_of_an_open_mesh_stays() throws Exception {
    EditMesh open = SampleMeshes.without(SampleMeshes.box(0, 0, 0, 10, 10, 10), 6, 8);
    for (int split = 0; split < 4; split++) {
      open = SampleMeshes.split(open);
    }
    EditMesh reduced = Decimation.of(open, 40, EditProgress.none());
    assertThat(reduced.faceCount()).isLessThanOrEqualTo(40);
    assertThat(reduced.area()).isCloseTo(500, within(5.0));
    assertThat(reduced.size(1)).isCloseTo(10, within(0.1));
  }

  @Test
  void a_tetrahedron_is_the_least_that_remains() throws Exception {
    EditMesh reduced = Decimation.of(SampleMeshes.sphere(10, 3), 1, EditProgress.none());
    assertThat(reduced.faceCount()).isBetween(4, 12);
    assertThat(reduced.isClosed()).isTrue();
  }

  @Test
  void two_parts_both_stay_closed() throws Exception {
    EditMesh both =
        SampleMeshes.together(
            SampleMeshes.sphere(10, 5), SampleMeshes.sphere(10, 5).placed(1, 30, 0, 0));
    EditMesh reduced = Decimation.of(both, 800, EditProgress.none());
    assertThat(reduced.isClosed()).isTrue();
    assertThat(MeshParts.split(reduced)).hasSize(2);
  }

  @Test
  void reports_grow_from_zero_to_one() throws Exception {
    List<Double> reports = new ArrayList<>();
    Decimation.of(SampleMeshes.sphere(10, 5), 500, new EditProgress(reports::add));
    assertThat(reports).isSorted().hasSizeGreaterThan(5).endsWith(1.0);
    assertThat(reports).allMatch(share -> share >= 0 && share <= 1);
  }

  @Test
  void an_interrupt_ends_the_work() {
    EditMesh sphere = SampleMeshes.sphere(10, 5);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Decimation.of(sphere, 500, EditProgress.none()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
