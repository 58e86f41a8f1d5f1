package io.maquette.mesh.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RepairTest {

  private static EditMesh repaired(EditMesh mesh) throws Exception {
    EditMesh repaired = Repair.of(mesh, 64, EditProgress.none());
    assertThat(repaired.isClosed()).isTrue();
    assertThat(repaired.volume()).isPositive();
    return repaired;
  }

  @Test
  void a_closed_sphere_stays_the_same_sphere() throws Exception {
    EditMesh sphere = SampleMeshes.sphere(20, 5);
    EditMesh repaired = repaired(sphere);
    assertThat(repaired.volume()).isCloseTo(sphere.volume(), within(sphere.volume() * 0.01));
    int red = 0;
    for (int face = 0; face < repaired.faceCount(); face++) {
      red += repaired.colours()[face] == 0xFF0000 ? 1 : 0;
    }
    assertThat((double) red / repaired.faceCount()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void an_open_box_is_closed() throws Exception {
    EditMesh open = SampleMeshes.without(SampleMeshes.box(0, 0, 0, 20, 20, 20), 6, 8);
    assertThat(open.openEdges()).isEqualTo(4);
    assertThat(repaired(open).volume()).isCloseTo(8_000, within(400.0));
  }

  @Test
  void an_inverted_box_is_turned_outside() throws Exception {
    EditMesh inverted = SampleMeshes.box(0, 0, 0, 20, 20, 20).reversed();
    assertThat(repaired(inverted).volume()).isCloseTo(8_000, within(200.0));
  }

  @Test
  void overlapping_parts_become_one_solid() throws Exception {
    EditMesh overlapping =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 20, 20, 20), SampleMeshes.box(10, 5, 5, 20, 10, 10));
    EditMesh repaired = repaired(overlapping);
    assertThat(repaired.volume()).isCloseTo(9_000, within(250.0));
    assertThat(MeshParts.split(repaired)).hasSize(1);
  }

  @Test
  void parts_that_are_apart_stay_apart() throws Exception {
    EditMesh two =
        SampleMeshes.together(
            SampleMeshes.box(0, 0, 0, 10, 10, 10), SampleMeshes.box(30, 0, 0, 10, 10, 10));
    assertThat(MeshParts.split(repaired(two))).hasSize(2);
  }

  @Test
  void a_sheet_gets_a_thickness() throws Exception {
    EditMesh sheet =
        new EditMesh(
            new float[] {0, 0, 0, 20, 0, 0, 20, 20, 3, 0, 20, 3},
            new int[] {0, 1, 2, 0, 2, 3},
            new int[] {0x123456, 0x123456});
    EditMesh repaired = repaired(sheet);
    assertThat(repaired.size(0)).isCloseTo(20, within(1.0));
    assertThat(repaired.colours()).containsOnly(0x123456);
  }

  @Test
  void triangles_without_any_order_become_a_solid() throws Exception {
    Random random = new Random(7);
    float[] positions = new float[3 * 120];
    for (int at = 0; at < positions.length; at++) {
      positions[at] = random.nextFloat() * 40;
    }
    int[] corners = new int[3 * 100];
    for (int at = 0; at < corners.length; at++) {
      corners[at] = random.nextInt(120);
    }
    repaired(new EditMesh(positions, corners, new int[100]));
  }

  @Test
  void the_grid_is_bounded_for_any_request() throws Exception {
    VoxelGrid grid = new VoxelGrid(SampleMeshes.box(0, 0, 0, 10, 10, 10), 1e-9, 1_000_000);
    assertThat(grid.sampleCount()).isBetween(800_000, 1_000_000);
  }

  @Test
  void a_mesh_without_a_size_is_refused() {
    EditMesh point = new EditMesh(new float[9], new int[] {0, 1, 2}, new int[1]);
    assertThatThrownBy(() -> Repair.of(point, 64, EditProgress.none()))
        .isInstanceOfSatisfying(
            EditException.class, e -> assertThat(e.reason()).isEqualTo(EditException.Reason.EMPTY));
  }

  @Test
  void every_mask_of_a_cell_becomes_a_manifold() {
    for (int mask = 0; mask < 256; mask++) {
      int filled = mask;
      for (int extra = VoxelGrid.critical(filled); extra >= 0; ) {
        assertThat(filled >> extra & 1).isZero();
        filled |= 1 << extra;
        extra = VoxelGrid.critical(filled);
      }
      assertThat(VoxelGrid.critical(filled)).isEqualTo(-1);
    }
  }
}
