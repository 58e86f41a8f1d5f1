package io.maquette.mesh.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaneCutTest {

  private static EditMesh cut(EditMesh mesh, double height) throws Exception {
    EditMesh cut = PlaneCut.of(mesh, height, EditProgress.none()).capped(0x010203);
    assertThat(cut.isClosed()).isTrue();
    return cut;
  }

  @Test
  void a_cut_box_has_the_rest_of_the_volume() throws Exception {
    EditMesh cut = cut(SampleMeshes.box(0, 0, 0, 10, 10, 10), 4);
    assertThat(cut.volume()).isCloseTo(600, within(0.01));
    assertThat(cut.extent(1)).containsExactly(4, 10);
    assertThat(cut.colours()).contains(0x010203);
  }

  @Test
  void a_cut_through_points_stays_closed() throws Exception {
    EditMesh split = SampleMeshes.split(SampleMeshes.split(SampleMeshes.box(0, 0, 0, 8, 8, 8)));
    assertThat(cut(split, 4).volume()).isCloseTo(256, within(0.01));
  }

  @Test
  void a_half_sphere_remains() throws Exception {
    EditMesh sphere = SampleMeshes.sphere(10, 5);
    assertThat(cut(sphere, 0).volume()).isCloseTo(sphere.volume() / 2, within(1.0));
  }

  @Test
  void a_hole_in_the_section_stays_a_hole() throws Exception {
    EditMesh hollow =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 10, 10, 10),
            SampleMeshes.box(2, 2, 2, 2, 6, 6).reversed(),
            SampleMeshes.box(6, 2, 2, 2, 6, 6).reversed());
    assertThat(cut(hollow, 5).volume()).isCloseTo(500 - 2 * 36, within(0.01));
  }

  @Test
  void overlapping_parts_are_both_closed() throws Exception {
    EditMesh both =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 10, 10, 10), SampleMeshes.box(5, 0, 5, 10, 10, 10));
    assertThat(cut(both, 5).volume()).isCloseTo(1000, within(0.01));
  }

  @Test
  void a_repaired_heap_of_triangles_can_be_cut_at_every_height() throws Exception {
    Random random = new Random(3);
    float[] positions = new float[3 * 90];
    for (int at = 0; at < positions.length; at++) {
      positions[at] = random.nextFloat() * 30;
    }
    int[] corners = new int[3 * 60];
    for (int at = 0; at < corners.length; at++) {
      corners[at] = random.nextInt(90);
    }
    EditMesh heap =
        Repair.of(new EditMesh(positions, corners, new int[60]), 48, EditProgress.none());
    double before = heap.volume();
    for (double height = 2; height < 28; height += 1.3) {
      double volume = cut(heap, height).volume();
      assertThat(volume).isBetween(0.0, before + 1);
      before = volume;
    }
  }

  @Test
  void an_open_mesh_is_refused() {
    EditMesh open = SampleMeshes.without(SampleMeshes.box(0, 0, 0, 10, 10, 10), 0, 1);
    assertThatThrownBy(() -> PlaneCut.of(open, 5, EditProgress.none()))
        .isInstanceOfSatisfying(
            EditException.class,
            e -> assertThat(e.reason()).isEqualTo(EditException.Reason.NOT_CLOSED));
  }

  @Test
  void a_cut_above_the_model_leaves_nothing() {
    EditMesh box = SampleMeshes.box(0, 0, 0, 10, 10, 10);
    assertThatThrownBy(() -> PlaneCut.of(box, 11, EditProgress.none()))
        .isInstanceOfSatisfying(
            EditException.class,
            e -> assertThat(e.reason()).isEqualTo(EditException.Reason.NOTHING_LEFT));
  }

  @Test
  void an_outline_has_a_maximum_number_of_points() throws Exception {
    PlanePolygon polygon = new PlanePolygon();
    int[] ids = new int[PlanePolygon.MAX_POINTS + 1];
    assertThatThrownBy(() -> polygon.add(ids, new double[ids.length], new double[ids.length]))
        .isInstanceOf(EditException.class);
    assertThat(polygon.triangulate()).isEmpty();
  }

  @Test
  void parts_keep_their_cavities() throws Exception {
    EditMesh mesh =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 10, 10, 10),
            SampleMeshes.box(2, 2, 2, 6, 6, 6).reversed(),
            SampleMeshes.box(20, 3, 0, 5, 5, 5));
    List<EditMesh> parts = MeshParts.split(mesh);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).volume()).isCloseTo(1000 - 216, within(0.01));
    assertThat(parts.get(1).volume()).isCloseTo(125, within(0.01));
    EditMesh apart = MeshParts.apart(mesh);
    assertThat(apart.volume()).isCloseTo(mesh.volume(), within(0.01));
    assertThat(MeshParts.split(apart)).allMatch(part -> part.extent(1)[0] == 0);
  }
}
