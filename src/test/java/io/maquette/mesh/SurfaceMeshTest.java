package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maquette.mesh.edit.EditMesh;
import io.maquette.mesh.edit.EditedGlbWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class SurfaceMeshTest {

  private static final EditMesh TETRAHEDRON =
      new EditMesh(
          new float[] {0.1f, 0, 0, 30.3f, 0, 0, 0.1f, 20.7f, 0, 0.1f, 0, 10},
          new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3},
          new int[] {0xFF0000, 0x0A0B0C, 0x0A0B0C, 0x80C0E0});

  @Test
  void a_written_mesh_is_read_back_with_its_points_and_colours() throws Exception {
    ByteArrayOutputStream glb = new ByteArrayOutputStream();
    EditedGlbWriter.write(TETRAHEDRON, glb);
    EditMesh read = SurfaceMesh.of(GlbReader.read(new ByteArrayInputStream(glb.toByteArray())));
    assertThat(read.colours()).isEqualTo(TETRAHEDRON.colours());
    assertThat(read.isClosed()).isTrue();
    assertThat(read.volume()).isEqualTo(TETRAHEDRON.volume(), within(1e-6));
    assertThat(read.pointCount()).isEqualTo(4);
    for (int at = 0; at < read.corners().length; at++) {
      for (int axis = 0; axis < 3; axis++) {
        assertThat(read.positions()[3 * read.corners()[at] + axis])
            .isEqualTo(TETRAHEDRON.positions()[3 * TETRAHEDRON.corners()[at] + axis]);
      }
    }
  }

  @Test
  void an_independent_library_reads_the_written_file() throws Exception {
    ByteArrayOutputStream glb = new ByteArrayOutputStream();
    EditedGlbWriter.write(TETRAHEDRON, glb);
    GlbSurface surface = GlbSurface.of(glb.toByteArray());
    assertThat(surface.faceCount()).isEqualTo(4);
    // A point has one vertex for each colour around it: 2 + 3 + 3 + 2.
    assertThat(surface.vertexCount()).isEqualTo(10);
  }
}
