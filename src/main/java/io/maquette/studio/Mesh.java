package io.maquette.studio;

/**
 * Triangle mesh with shared vertices.
 *
 * @param positions x, y, z of each vertex, in metres
 * @param normals x, y, z of each vertex, of length 1
 * @param places u, v of each vertex on the skin, from its top left
 * @param indices three vertices per triangle, counter-clockwise seen from outside
 * @param skin a JPEG
 */
@SuppressWarnings("ArrayRecordComponent") // created once, written once
record Mesh(float[] positions, float[] normals, float[] places, int[] indices, byte[] skin) {

  int vertexCount() {
    return positions.length / 3;
  }
}
