package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

/**
 * Joints that place the vertices of a mesh (glTF 2.0 specification, section 3.7.3), at rest: in the
 * file's own node positions.
 */
final class Skin {

  private static final int MAX_JOINTS = 10_000;

  private final double[][] joints;

  /** Creates the skin with this number. */
  Skin(JsonObject gltf, int index, Scene scene, Accessors accessors)
      throws InvalidModelFileException {
    JsonObject skin = gltf.getJsonArray("skins").getJsonObject(index);
    JsonArray nodes = skin.getJsonArray("joints");
    if (nodes.size() > MAX_JOINTS) {
      throw new InvalidModelFileException("a skin of " + nodes.size() + " joints");
    }
    int inverse = skin.getInt("inverseBindMatrices", -1);
    float[] bound = inverse < 0 ? null : bindings(inverse, nodes.size(), accessors);
    joints = new double[nodes.size()][];
    for (int i = 0; i < joints.length; i++) {
      Placement placement = scene.placementOf(nodes.getInt(i));
      if (bound != null) {
        double[] matrix = new double[16];
        for (int k = 0; k < 16; k++) {
          matrix[k] = bound[16 * i + k];
        }
        placement = placement.with(matrix);
      }
      joints[i] = placement.matrix();
    }
  }

  /** Returns the inverse bind matrices; a file may have more of them than joints. */
  private static float[] bindings(int index, int joints, Accessors accessors)
      throws InvalidModelFileException {
    int count = accessors.count(index);
    if (count < joints || count > MAX_JOINTS) {
      throw new InvalidModelFileException(
          "a skin of " + joints + " joints with " + count + " matrices");
    }
    return accessors.floats(index, 16, count);
  }

  /**
   * Transforms the vertices of a primitive.
   *
   * @param indices of the joints, {@code width} for each vertex
   * @param weights of those joints
   * @param normals may be null
   * @return whether the transformation makes counter-clockwise faces clockwise
   */
  boolean place(float[] positions, float[] normals, int[] indices, float[] weights, int width)
      throws InvalidModelFileException {
    boolean isMirrored = false;
    for (int vertex = 0; vertex < positions.length / 3; vertex++) {
      Placement blend = blend(indices, weights, vertex * width, width);
      blend.place(positions, 3 * vertex);
      if (normals != null) {
        blend.turn(normals, 3 * vertex);
      }
      isMirrored = vertex == 0 ? blend.isMirrored() : isMirrored;
    }
    return isMirrored;
  }

  private Placement blend(int[] indices, float[] weights, int from, int width)
      throws InvalidModelFileException {
    double[] blend = new double[16];
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      if (weights[i] == 0) {
        continue;
      }
      if (indices[i] < 0 || indices[i] >= joints.length) {
        throw new InvalidModelFileException("a vertex refers to unknown joint " + indices[i]);
      }
      sum += weights[i];
      for (int k = 0; k < 16; k++) {
        blend[k] += weights[i] * joints[indices[i]][k];
      }
    }
    if (sum == 0) {
      return Placement.MILLIMETRES;
    }
    for (int k = 0; k < 16; k++) {
      blend[k] /= sum;
    }
    return new Placement(blend);
  }
}
