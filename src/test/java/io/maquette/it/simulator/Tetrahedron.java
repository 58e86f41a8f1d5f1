package io.maquette.it.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** The smallest solid, as real files: what simulated model providers make. */
public final class Tetrahedron {

  private static final int FLOATS = 4 * 3 * Float.BYTES;
  private static final int INDICES = 4 * 3 * Integer.BYTES;

  private Tetrahedron() {}

  /** The same with a chunk behind it that readers pass over, to make it as large as real ones. */
  public static byte[] glb(int bytes) {
    byte[] small = glb();
    byte[] filling = new byte[bytes - small.length - 8];
    new Random(bytes).nextBytes(filling);
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(small)
        .putInt(filling.length)
        .putInt(0x4C4C4946) // "FILL"
        .put(filling)
        .putInt(8, bytes)
        .array();
  }

  /** A GLB file with four vertices and four faces (glTF 2.0, 4.4). */
  public static byte[] glb() {
    String json =
        """
        {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],\
        "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],\
        "buffers":[{"byteLength":96}],\
        "bufferViews":[{"buffer":0,"byteLength":48},{"buffer":0,"byteOffset":48,"byteLength":48}],\
        "accessors":[{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3",\
        "min":[0,0,0],"max":[1,1,1]},\
        {"bufferView":1,"componentType":5125,"count":12,"type":"SCALAR"}]}""";
    byte[] text = (json + " ".repeat(-json.length() & 3)).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(12 + 8 + text.length + 8 + FLOATS + INDICES)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x46546C67).putInt(2).putInt(file.capacity());
    file.putInt(text.length).putInt(0x4E4F534A).put(text);
    file.putInt(FLOATS + INDICES).putInt(0x004E4942);
    for (int coordinate : new int[] {0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1}) {
      file.putFloat(coordinate);
    }
    for (int index : new int[] {0, 1, 2, 0, 3, 1, 0, 2, 3, 1, 3, 2}) {
      file.putInt(index);
    }
    return file.array();
  }

  /** A picture of one side, 256 x 256. */
  public static byte[] png() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 256, 256);
    graphics.setColor(Color.RED);
    graphics.fillPolygon(new int[] {128, 28, 228}, new int[] {28, 228, 228}, 3);
    graphics.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
