package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writer of binary STL: triangles in millimetres, Z up, without colours. */
final class StlWriter {

  private static final int HEADER = 80;
  private static final int FACE = 50;

  private StlWriter() {}

  static void write(Surface surface, OutputStream out) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEADER + 4).order(ByteOrder.LITTLE_ENDIAN);
    head.put("binary STL, millimetres".getBytes(StandardCharsets.US_ASCII));
    out.write(head.putInt(HEADER, surface.faceCount()).array());
    Surface.OnPlate bed = new Surface.OnPlate(surface);
    ByteBuffer face = ByteBuffer.allocate(FACE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < surface.faceCount(); i++) {
      double[] facing = surface.facing(i);
      double length =
          Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
      double unit = length == 0 ? 1 : length;
      face.clear();
      face.putFloat((float) (facing[0] / unit));
      face.putFloat((float) (-facing[2] / unit));
      face.putFloat((float) (facing[1] / unit));
      for (int side = 0; side < 3; side++) {
        int corner = surface.corners()[3 * i + side];
        face.putFloat(bed.x(corner)).putFloat(bed.y(corner)).putFloat(bed.z(corner));
      }
      face.putShort((short) 0);
      out.write(face.array());
    }
  }
}
