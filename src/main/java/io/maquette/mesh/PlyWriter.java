package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writer of binary PLY 1.0 (Turk, 1994), little endian: triangles in millimetres, Z up, with the
 * vertex colours {@code red}, {@code green} and {@code blue} that most programs read.
 */
final class PlyWriter {

  private static final int VERTEX = 3 * Float.BYTES + 3;
  private static final int FACE = 1 + 3 * Integer.BYTES;

  private PlyWriter() {}

  private static String header(int vertices, int faces) {
    return String.join(
        "\n",
        "ply",
        "format binary_little_endian 1.0",
        "comment millimetres, Z up",
        "element vertex " + vertices,
        "property float x",
        "property float y",
        "property float z",
        "property uchar red",
        "property uchar green",
        "property uchar blue",
        "element face " + faces,
        "property list uchar int vertex_indices",
        "end_header",
        "");
  }

  static void write(Surface surface, OutputStream out) throws IOException {
    ColouredVertices vertices = ColouredVertices.of(surface);
    out.write(header(vertices.count(), surface.faceCount()).getBytes(StandardCharsets.US_ASCII));
    Surface.OnPlate bed = new Surface.OnPlate(surface);
    ByteBuffer bytes = ByteBuffer.allocate(VERTEX).order(ByteOrder.LITTLE_ENDIAN);
    for (int vertex = 0; vertex < vertices.count(); vertex++) {
      int corner = vertices.corner(vertex);
      int colour = vertices.colour(vertex);
      bytes.clear();
      bytes.putFloat(bed.x(corner)).putFloat(bed.y(corner)).putFloat(bed.z(corner));
      bytes.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
      out.write(bytes.array());
    }
    bytes = ByteBuffer.allocate(FACE).order(ByteOrder.LITTLE_ENDIAN);
    for (int face = 0; face < surface.faceCount(); face++) {
      bytes.clear();
      bytes.put((byte) 3);
      for (int side = 0; side < 3; side++) {
        bytes.putInt(vertices.vertex(3 * face + side));
      }
      out.write(bytes.array());
    }
  }
}
