package io.maquette.provider.local;

/**
 * Triangles that share their vertices.
 *
 * @param positions x, y, z of each vertex, in metres
 * @param normals x, y, z of each vertex, of length 1
 * @param colours red, green, blue, alpha of each vertex, linear
 * @param indices three vertices a triangle, counter-clockwise seen from outside
 */
@SuppressWarnings("ArrayRecordComponent") // made once, written once
record Mesh(float[] positions, float[] normals, byte[] colours, int[] indices) {

  int vertexCount() {
    return positions.length / 3;
  }
}
