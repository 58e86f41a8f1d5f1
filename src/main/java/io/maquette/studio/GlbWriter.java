package io.maquette.studio;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writer of a mesh as a GLB file (glTF 2.0 specification, section 4.4 "Binary glTF Layout"). */
final class GlbWriter {

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"

  /** Index of the accessor and of the buffer view of the indices; the skin's view follows it. */
  private static final int INDICES = 3;

  private static final int FLOAT = 5126;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;
  private static final int LINEAR = 9729;
  private static final int LINEAR_MIPMAP_LINEAR = 9987;
  private static final int CLAMP_TO_EDGE = 33071;

  private GlbWriter() {}

  /** Writes the whole file. */
  static byte[] write(Mesh mesh) {
    int positions = 4 * mesh.positions().length;
    int normals = 4 * mesh.normals().length;
    int places = 4 * mesh.places().length;
    int indices = 4 * mesh.indices().length;
    int skin = mesh.skin().length;
    int beforeSkin = positions + normals + places + indices; // each a multiple of four
    int binary = (beforeSkin + skin + 3) & ~3;
    byte[] json = json(mesh, new int[] {positions, normals, places, indices, skin}, binary);
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
    for (float value : mesh.places()) {
      file.putFloat(value);
    }
    for (int value : mesh.indices()) {
      file.putInt(value);
    }
    file.put(mesh.skin());
    return file.array();
  }

  private static byte[] json(Mesh mesh, int[] lengths, int binary) {
    JsonArrayBuilder views = Json.createArrayBuilder();
    int offset = 0;
    for (int view = 0; view < lengths.length; view++) {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("buffer", 0)
              .add("byteOffset", offset)
              .add("byteLength", lengths[view]);
      if (view <= INDICES) {
        json.add("target", view == INDICES ? ELEMENT_ARRAY_BUFFER : ARRAY_BUFFER);
      }
      views.add(json);
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
        .add("textures", array(Json.createObjectBuilder().add("sampler", 0).add("source", 0)))
        .add("samplers", array(sampler()))
        .add(
            "images",
            array(
                Json.createObjectBuilder()
                    .add("mimeType", "image/jpeg")
                    .add("bufferView", INDICES + 1)))
        .add("buffers", array(Json.createObjectBuilder().add("byteLength", binary)))
        .add("bufferViews", views)
        .add(
            "accessors",
            Json.createArrayBuilder()
                .add(bounds(accessor(0, FLOAT, vertices, "VEC3"), mesh.positions()))
                .add(accessor(1, FLOAT, vertices, "VEC3"))
                .add(accessor(2, FLOAT, vertices, "VEC2"))
                .add(accessor(INDICES, UNSIGNED_INT, mesh.indices().length, "SCALAR")))
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObjectBuilder primitive() {
    return Json.createObjectBuilder()
        .add(
            "attributes",
            Json.createObjectBuilder().add("POSITION", 0).add("NORMAL", 1).add("TEXCOORD_0", 2))
        .add("indices", INDICES)
        .add("material", 0);
  }

  private static JsonObjectBuilder material() {
    return Json.createObjectBuilder()
        .add("name", "matte")
        .add(
            "pbrMetallicRoughness",
            Json.createObjectBuilder()
                .add("baseColorTexture", Json.createObjectBuilder().add("index", 0))
                .add("metallicFactor", 0)
                .add("roughnessFactor", 0.8));
  }

  private static JsonObjectBuilder sampler() {
    return Json.createObjectBuilder()
        .add("magFilter", LINEAR)
        .add("minFilter", LINEAR_MIPMAP_LINEAR)
        .add("wrapS", CLAMP_TO_EDGE)
        .add("wrapT", CLAMP_TO_EDGE);
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
}
