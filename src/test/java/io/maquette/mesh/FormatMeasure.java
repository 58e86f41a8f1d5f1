package io.maquette.mesh;

import jakarta.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;

/**
 * Measurement of the time to read and write a large file; not a test. docs/storage-and-formats.md
 * has the command and figures. The required heap is the smallest {@code -Xmx} with which it
 * completes.
 */
final class FormatMeasure {

  private FormatMeasure() {}

  /** Takes the number of triangles and the side length of the texture. */
  public static void main(String[] arguments) throws Exception {
    byte[] glb = sheet(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.printf("GLB %,d bytes%n", glb.length);
    for (int round = 0; round < 3; round++) {
      long began = System.nanoTime();
      Surface surface = GlbReader.read(new ByteArrayInputStream(glb));
      print("read " + surface.faceCount(), began);
      for (ModelFormat format : ModelFormat.values()) {
        began = System.nanoTime();
        format.write(surface, "sheet", OutputStream.nullOutputStream());
        print(format.id(), began);
      }
      began = System.nanoTime();
      PrintabilityCheck.of(surface);
      print("printability", began);
    }
  }

  private static void print(String what, long began) {
    System.out.printf("  %s %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
  }

  /** Creates a waved sheet with normals and a texture. */
  private static byte[] sheet(int faces, int side) throws Exception {
    int width = (int) Math.sqrt(faces / 2.0);
    int corners = (width + 1) * (width + 1);
    float[] positions = new float[3 * corners];
    float[] normals = new float[3 * corners];
    float[] places = new float[2 * corners];
    ByteBuffer indices = ByteBuffer.allocate(24 * width * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int corner = 0; corner < corners; corner++) {
      int x = corner % (width + 1);
      int y = corner / (width + 1);
      positions[3 * corner] = 0.1f * x / width;
      positions[3 * corner + 1] = 0.1f * y / width;
      positions[3 * corner + 2] = (float) (0.01 * Math.sin(x * 0.1) * Math.cos(y * 0.1));
      normals[3 * corner + 2] = 1;
      places[2 * corner] = (float) x / width;
      places[2 * corner + 1] = (float) y / width;
      if (x < width && y < width) {
        int above = corner + width + 1;
        indices.putInt(corner).putInt(corner + 1).putInt(above);
        indices.putInt(corner + 1).putInt(above + 1).putInt(above);
      }
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, i * 2_654_435 ^ i >> 7);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    TestGlb glb = new TestGlb();
    int picture = glb.view(jpeg.toByteArray());
    int view = glb.view(indices.array());
    glb.mesh(
        TestGlb.primitive(
            Json.createObjectBuilder()
                .add("POSITION", glb.floats("VEC3", 3, positions))
                .add("NORMAL", glb.floats("VEC3", 3, normals))
                .add("TEXCOORD_0", glb.floats("VEC2", 2, places)),
            glb.accessor(
                Json.createObjectBuilder()
                    .add("bufferView", view)
                    .add("componentType", 5125)
                    .add("type", "SCALAR")
                    .add("count", 6 * width * width)),
            0));
    return glb.file(
        "[{'mesh':0}]",
        none ->
            Json.createObjectBuilder()
                .add(
                    "materials",
                    TestGlb.json("[{'pbrMetallicRoughness':{'baseColorTexture':{'index':0}}}]"))
                .add("textures", TestGlb.json("[{'source':0}]"))
                .add("images", TestGlb.json("[{'bufferView':" + picture + "}]")));
  }
}
