package io.maquette.mesh.edit;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writer of a mesh as a GLB file with vertex colours (glTF 2.0 specification, sections 3.7.2.1 and
 * 4.4). Positions are in millimetres; the node's scale makes them metres, so that no point moves.
 * Without normals a viewer shades each triangle flat (section 3.7.2.1).
 */
public final class EditedGlbWriter {

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_SHORT = 5123;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;
  private static final double METRES = 0.001;

  private final EditMesh mesh;
  private final int[] indices;

  /** Point and colour of each vertex, and the next vertex at the same point. */
  private int[] points = new int[1 << 10];

  private int[] colours = new int[1 << 10];
  private int[] next = new int[1 << 10];
  private int count;

  private EditedGlbWriter(EditMesh mesh) {
    this.mesh = mesh;
    indices = new int[mesh.corners().length];
    int[] first = new int[mesh.pointCount()];
    Arrays.fill(first, -1);
    for (int at = 0; at < indices.length; at++) {
      int point = mesh.corners()[at];
      int colour = mesh.colours()[at / 3];
      int vertex = first[point];
      while (vertex >= 0 && colours[vertex] != colour) {
        vertex = next[vertex];
      }
      if (vertex < 0) {
        vertex = add(point, colour, first[point]);
        first[point] = vertex;
      }
      indices[at] = vertex;
    }
  }

  private int add(int point, int colour, int following) {
    if (count == points.length) {
      points = Arrays.copyOf(points, count + count / 2);
      colours = Arrays.copyOf(colours, points.length);
      next = Arrays.copyOf(next, points.length);
    }
    points[count] = point;
    colours[count] = colour;
    next[count] = following;
    count++;
    return count - 1;
  }

  /**
   * Writes the whole file.
   *
   * @param mesh with at least one triangle
   * @param out not closed
   */
  public static void write(EditMesh mesh, OutputStream out) throws IOException {
    new EditedGlbWriter(mesh).write(out);
  }

  private void write(OutputStream out) throws IOException {
    long binary = 12L * count + 8L * count + 4L * indices.length;
    byte[] json = json(binary).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 3) & ~3;
    long length = 12 + 8 + padded + 8 + binary;
    if (length > Integer.MAX_VALUE) {
      throw new IOException("the model is too large for a file: " + length + " bytes");
    }
    Chunk chunk = new Chunk(out);
    chunk.room().putInt(MAGIC).putInt(2).putInt((int) length);
    chunk.room().putInt(padded).putInt(JSON_CHUNK);
    chunk.flush();
    out.write(json);
    for (int at = json.length; at < padded; at++) {
      out.write(' ');
    }
    chunk.room().putInt((int) binary).putInt(BINARY_CHUNK);
    for (int vertex = 0; vertex < count; vertex++) {
      ByteBuffer room = chunk.room();
      for (int axis = 0; axis < 3; axis++) {
        room.putFloat(mesh.positions()[3 * points[vertex] + axis]);
      }
    }
    for (int vertex = 0; vertex < count; vertex++) {
      ByteBuffer room = chunk.room();
      for (int shift = 16; shift >= 0; shift -= 8) {
        room.putShort((short) linear(colours[vertex] >> shift & 255));
      }
      room.putShort((short) 0xFFFF);
    }
    for (int index : indices) {
      chunk.room().putInt(index);
    }
    chunk.flush();
  }

  /** Returns linear light, 0 to 65535, of an sRGB value, as COLOR_0 requires. */
  private static int linear(int srgb) {
    double value = srgb / 255.0;
    double light = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    return (int) Math.round(65535 * light);
  }

  /** Buffer before a stream. */
  private static final class Chunk {
    private static final int ROOM = 64;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    Chunk(OutputStream out) {
      this.out = out;
    }

    /** Returns the buffer with room for 64 bytes. */
    ByteBuffer room() throws IOException {
      if (buffer.remaining() < ROOM) {
        flush();
      }
      return buffer;
    }

    void flush() throws IOException {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
  }

  private String json(long binary) {
    long colourStart = 12L * count;
    long indexStart = colourStart + 8L * count;
    JsonArrayBuilder scale = Json.createArrayBuilder().add(METRES).add(METRES).add(METRES);
    JsonObjectBuilder attributes = Json.createObjectBuilder().add("POSITION", 0).add("COLOR_0", 1);
    JsonObjectBuilder primitive =
        Json.createObjectBuilder()
            .add("attributes", attributes)
            .add("indices", 2)
            .add("material", 0);
    JsonObjectBuilder look =
        Json.createObjectBuilder().add("metallicFactor", 0).add("roughnessFactor", 0.8);
    return Json.createObjectBuilder()
        .add("asset", Json.createObjectBuilder().add("version", "2.0").add("generator", "Maquette"))
        .add("scene", 0)
        .add(
            "scenes",
            array(Json.createObjectBuilder().add("nodes", Json.createArrayBuilder().add(0))))
        .add(
            "nodes",
            array(
                Json.createObjectBuilder().add("name", "model").add("mesh", 0).add("scale", scale)))
        .add(
            "materials",
            array(
                Json.createObjectBuilder().add("name", "matte").add("pbrMetallicRoughness", look)))
        .add(
            "meshes",
            array(
                Json.createObjectBuilder()
                    .add("name", "model")
                    .add("primitives", array(primitive))))
        .add("buffers", array(Json.createObjectBuilder().add("byteLength", binary)))
        .add(
            "bufferViews",
            Json.createArrayBuilder()
                .add(view(0, colourStart, ARRAY_BUFFER))
                .add(view(colourStart, 8L * count, ARRAY_BUFFER))
                .add(view(indexStart, 4L * indices.length, ELEMENT_ARRAY_BUFFER)))
        .add(
            "accessors",
            Json.createArrayBuilder()
                .add(bounds(accessor(0, FLOAT, count, "VEC3")))
                .add(accessor(1, UNSIGNED_SHORT, count, "VEC4").add("normalized", true))
                .add(accessor(2, UNSIGNED_INT, indices.length, "SCALAR")))
        .build()
        .toString();
  }

  private static JsonObjectBuilder view(long start, long length, int target) {
    return Json.createObjectBuilder()
        .add("buffer", 0)
        .add("byteOffset", start)
        .add("byteLength", length)
        .add("target", target);
  }

  private static JsonObjectBuilder accessor(int view, int type, int count, String shape) {
    return Json.createObjectBuilder()
        .add("bufferView", view)
        .add("componentType", type)
        .add("count", count)
        .add("type", shape);
  }

  private JsonObjectBuilder bounds(JsonObjectBuilder accessor) {
    JsonArrayBuilder least = Json.createArrayBuilder();
    JsonArrayBuilder most = Json.createArrayBuilder();
    for (int axis = 0; axis < 3; axis++) {
      float[] extent = mesh.extent(axis);
      least.add(extent[0]);
      most.add(extent[1]);
    }
    return accessor.add("min", least).add("max", most);
  }

  private static JsonArrayBuilder array(JsonObjectBuilder only) {
    return Json.createArrayBuilder().add(only);
  }
}
