package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import de.javagl.jgltf.model.AccessorData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorIntData;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Surface of a GLB file, read by an independent library. */
public final class GlbSurface {

  private final float[] positions;
  private final int[] indices;

  private GlbSurface(float[] positions, int[] indices) {
    this.positions = positions;
    this.indices = indices;
  }

  /** Reads a file of one mesh; every accessor must lie within its buffer. */
  public static GlbSurface of(byte[] glb) throws IOException {
    GltfModel model = new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(glb));
    assertThat(model.getMeshModels()).hasSize(1);
    MeshPrimitiveModel primitive = model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
    AccessorFloatData positions =
        (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
    AccessorData corners = primitive.getIndices().getAccessorData();
    float[] points = new float[3 * positions.getNumElements()];
    for (int element = 0; element < positions.getNumElements(); element++) {
      for (int axis = 0; axis < 3; axis++) {
        points[3 * element + axis] = positions.get(element, axis);
      }
    }
    AccessorIntData ints = (AccessorIntData) corners;
    int[] indices = new int[ints.getNumElements()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = ints.get(i);
      assertThat(indices[i]).isBetween(0, positions.getNumElements() - 1);
    }
    return new GlbSurface(points, indices);
  }

  public int faceCount() {
    return indices.length / 3;
  }

  public int vertexCount() {
    return positions.length / 3;
  }

  /**
   * Asserts that every edge belongs to exactly two faces, which use it in opposite directions.
   * Vertices at the same place count as one, because the texture may have a seam there.
   */
  public void assertClosed() {
    Map<List<Float>, Integer> pointAt = new HashMap<>();
    int[] point = new int[vertexCount()];
    for (int vertex = 0; vertex < point.length; vertex++) {
      int at = 3 * vertex;
      List<Float> place = List.of(positions[at], positions[at + 1], positions[at + 2]);
      point[vertex] = pointAt.computeIfAbsent(place, any -> pointAt.size());
    }
    Map<Long, Integer> walked = new HashMap<>();
    for (int face = 0; face < indices.length; face += 3) {
      for (int side = 0; side < 3; side++) {
        long from = point[indices[face + side]];
        long to = point[indices[face + (side + 1) % 3]];
        assertThat(from).isNotEqualTo(to);
        walked.merge(from << 32 | to, 1, Integer::sum);
      }
    }
    walked.forEach(
        (edge, times) -> {
          long back = (edge & 0xFFFFFFFFL) << 32 | edge >>> 32;
          if (times != 1 || walked.getOrDefault(back, 0) != 1) {
            throw new AssertionError(
                "edge "
                    + (edge >>> 32)
                    + "-"
                    + (edge & 0xFFFFFFFFL)
                    + " walked "
                    + times
                    + " times, back "
                    + walked.get(back));
          }
        });
  }

  /** Returns the volume in cubic metres; positive if the faces point outwards. */
  public double volume() {
    double sixfold = 0;
    for (int face = 0; face < indices.length; face += 3) {
      int a = 3 * indices[face];
      int b = 3 * indices[face + 1];
      int c = 3 * indices[face + 2];
      sixfold +=
          positions[a] * (positions[b + 1] * positions[c + 2] - positions[b + 2] * positions[c + 1])
              + positions[a + 1]
                  * (positions[b + 2] * positions[c] - positions[b] * positions[c + 2])
              + positions[a + 2]
                  * (positions[b] * positions[c + 1] - positions[b + 1] * positions[c]);
    }
    return sixfold / 6;
  }

  /** Returns the extent along an axis (0 to 2), in metres. */
  public double extent(int axis) {
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (int i = axis; i < positions.length; i += 3) {
      least = Math.min(least, positions[i]);
      most = Math.max(most, positions[i]);
    }
    return most - least;
  }

  /** Returns the lowest point, in metres. */
  public double bottom() {
    float least = Float.MAX_VALUE;
    for (int i = 1; i < positions.length; i += 3) {
      least = Math.min(least, positions[i]);
    }
    return least;
  }
}
