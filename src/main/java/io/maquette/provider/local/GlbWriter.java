package io.maquette.provider.local;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a mesh as a GLB file (glTF 2.0 specification, section 4.4 "Binary glTF Layout"). */
final class GlbWriter {

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_BYTE = 5121;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;

  private GlbWriter() {}

  /** The whole file. */
  static byte[] write(Mesh mesh) {
    int positions = 4 * mesh.positions().length;
    int normals = 4 * mesh.normals().length;
    int colours = mesh.colours().length;
    int indices = 4 * mesh.indices().length;
    int binary = positions + normals + colours + indices; // each a multiple of four
    byte[] json = json(mesh, new int[] {positions, normals, colours, indices}, binary);
    int paddedJson = (json.length + 3) & ~3;
    ByteBuffer file =
        ByteBuffer.allocate(12 + 8 + paddedJson + 8 + binary).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(MAGIC).putInt(2).putInt(file.capacity());
    file.putInt(paddedJson).putInt(JSON_CHUNK).put(json);
    while (file.position() < 20 + paddedJson) {
      file.put((byte) ' ');
    }
    file.putInt(binary).putInt(BINARY_CHUNK);
    for (float value : mesh.positions()) {
      file.putFloat(value);
    }
    for (float value : mesh.normals()) {
      file.putFloat(value);
    }
    file.put(mesh.colours());
    for (int value : mesh.indices()) {
      file.putInt(value);
    }
    return file.array();
  }

  private static byte[] json(Mesh mesh, int[] lengths, int binary) {
    JsonArrayBuilder views = Json.createArrayBuilder();
    int offset = 0;
    for (int view = 0; view < lengths.length; view++) {
      views.add(
          Json.createObjectBuilder()
              .add("buffer", 0)
              .add("byteOffset", offset)
              .add("byteLength", lengths[view])
              .add("target", view == 3 ? ELEMENT_ARRAY_BUFFER : ARRAY_BUFFER));
      offset += lengths[view];
    }
    int vertices = mesh.vertexCount();
    return Json.createObjectBuilder()
        .add("asset", Json.createObjectBuilder().add("version", "2.0").add("generator", "Maquette"))
        .add("scene", 0)
        .add("scenes", array(Json.createObjectBuilder().add("nodes", ints(0))))
        .add("nodes", array(Json.createObjectBuilder().add("name", "model").add("mesh", 0)))
        .add("materials", array(material()))
        .add(
            "meshes",
            array(
                Json.createObjectBuilder()
                    .add("name", "model")
                    .add("primitives", array(primitive()))))
        .add("buffers", array(Json.createObjectBuilder().add("byteLength", binary)))
        .add("bufferViews", views)
        .add(
            "accessors",
            Json.createArrayBuilder()
                .add(bounds(accessor(0, FLOAT, vertices, "VEC3"), mesh.positions()))
                .add(accessor(1, FLOAT, vertices, "VEC3"))
                .add(accessor(2, UNSIGNED_BYTE, vertices, "VEC4").add("normalized", true))
                .add(accessor(3, UNSIGNED_INT, mesh.indices().length, "SCALAR")))
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObjectBuilder primitive() {
    return Json.createObjectBuilder()
        .add(
            "attributes",
            Json.createObjectBuilder().add("POSITION", 0).add("NORMAL", 1).add("COLOR_0", 2))
        .add("indices", 3)
        .add("material", 0);
  }

  private static JsonObjectBuilder material() {
    return Json.createObjectBuilder()
        .add("name", "matte")
        .add(
            "pbrMetallicRoughness",
            Json.createObjectBuilder().add("metallicFactor", 0).add("roughnessFactor", 0.8));
  }

  private static JsonObjectBuilder accessor(int view, int type, int count, String shape) {
    return Json.createObjectBuilder()
        .add("bufferView", view)
        .add("componentType", type)
        .add("count", count)
        .add("type", shape);
  }

  private static JsonObjectBuilder bounds(JsonObjectBuilder accessor, float[] positions) {
    JsonArrayBuilder least = Json.createArrayBuilder();
    JsonArrayBuilder most = Json.createArrayBuilder();
    for (int axis = 0; axis < 3; axis++) {
      float min = Float.MAX_VALUE;
      float max = -Float.MAX_VALUE;
      for (int i = axis; i < positions.length; i += 3) {
        min = Math.min(min, positions[i]);
        max = Math.max(max, positions[i]);
      }
      least.add(min);
      most.add(max);
    }
    return accessor.add("min", least).add("max", most);
  }

  private static JsonArrayBuilder array(JsonObjectBuilder only) {
    return Json.createArrayBuilder().add(only);
  }

  private static JsonArrayBuilder ints(int only) {
    return Json.createArrayBuilder().add(only);
  }
}
