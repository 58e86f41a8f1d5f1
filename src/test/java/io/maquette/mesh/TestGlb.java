package io.maquette.mesh;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Builder of GLB files as other programs write them. */
final class TestGlb {

  static final int TRIANGLES = 4;
  static final int STRIP = 5;
  static final int FAN = 6;

  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final JsonArrayBuilder views = Json.createArrayBuilder();
  private final JsonArrayBuilder accessors = Json.createArrayBuilder();
  private final JsonArrayBuilder meshes = Json.createArrayBuilder();
  private int viewCount;
  private int accessorCount;
  private int meshCount;

  /** Adds a buffer view; returns its index. */
  int view(byte[] content) {
    views.add(
        Json.createObjectBuilder()
            .add("buffer", 0)
            .add("byteOffset", binary.size())
            .add("byteLength", content.length));
    binary.writeBytes(content);
    binary.writeBytes(new byte[-content.length & 3]);
    return viewCount++;
  }

  private int accessor(byte[] content, int type, String shape, int count) {
    accessors.add(
        Json.createObjectBuilder()
            .add("bufferView", view(content))
            .add("componentType", type)
            .add("type", shape)
            .add("count", count));
    return accessorCount++;
  }

  int floats(String shape, int width, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return accessor(bytes.array(), 5126, shape, values.length / width);
  }

  int shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return accessor(bytes.array(), 5123, "SCALAR", values.length);
  }

  /** Adds an accessor of any kind; returns its index. */
  int accessor(JsonObjectBuilder accessor) {
    accessors.add(accessor);
    return accessorCount++;
  }

  /** Adds a view with more members, such as a stride; returns its index. */
  int view(byte[] content, JsonObjectBuilder more) {
    views.add(
        more.add("buffer", 0).add("byteOffset", binary.size()).add("byteLength", content.length));
    binary.writeBytes(content);
    binary.writeBytes(new byte[-content.length & 3]);
    return viewCount++;
  }

  /** Adds a mesh; returns its index. */
  int mesh(JsonObject... primitives) {
    return mesh(Json.createObjectBuilder(), primitives);
  }

  /** Adds a mesh with more members, such as weights; returns its index. */
  int mesh(JsonObjectBuilder more, JsonObject... primitives) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (JsonObject primitive : primitives) {
      all.add(primitive);
    }
    meshes.add(more.add("primitives", all));
    return meshCount++;
  }

  static JsonObject primitive(JsonObjectBuilder attributes, int indices, int material) {
    JsonObjectBuilder primitive = Json.createObjectBuilder().add("attributes", attributes);
    if (indices >= 0) {
      primitive.add("indices", indices);
    }
    if (material >= 0) {
      primitive.add("material", material);
    }
    return primitive.build();
  }

  /** Adds a cube from 0 to 1, as one mesh with indices. */
  int cube() {
    return mesh(cubeOf(-1));
  }

  /** Adds the same cube without one face of two triangles. */
  int openCube() {
    int[] corners = new int[30];
    System.arraycopy(CUBE, 0, corners, 0, corners.length);
    return mesh(
        primitive(
            Json.createObjectBuilder().add("POSITION", floats("VEC3", 3, CORNERS)),
            shorts(corners),
            -1));
  }

  JsonObject cubeOf(int material) {
    return primitive(
        Json.createObjectBuilder().add("POSITION", floats("VEC3", 3, CORNERS)),
        shorts(CUBE),
        material);
  }

  static final float[] CORNERS = {
    0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1
  };
  static final int[] CUBE = {
    0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 2, 3, 7, 2, 7, 6, 1, 2, 6, 1, 6, 5, 0, 4,
    7, 0, 7, 3
  };

  /** Returns the corners of a cube's triangles one by one, without indices. */
  static float[] loose() {
    float[] loose = new float[3 * CUBE.length];
    for (int i = 0; i < CUBE.length; i++) {
      System.arraycopy(CORNERS, 3 * CUBE[i], loose, 3 * i, 3);
    }
    return loose;
  }

  /**
   * Returns the file.
   *
   * @param nodes JSON of its nodes, the first of which is the root
   * @param more adds further members
   */
  byte[] file(String nodes, IntFunction<JsonObjectBuilder> more) {
    JsonObjectBuilder gltf =
        Json.createObjectBuilder()
            .add("asset", Json.createObjectBuilder().add("version", "2.0"))
            .add("scene", 0)
            .add(
                "scenes",
                Json.createArrayBuilder()
                    .add(Json.createObjectBuilder().add("nodes", Json.createArrayBuilder().add(0))))
            .add("nodes", json(nodes).asJsonArray())
            .add("meshes", meshes)
            .add("accessors", accessors)
            .add("bufferViews", views)
            .add(
                "buffers",
                Json.createArrayBuilder()
                    .add(Json.createObjectBuilder().add("byteLength", binary.size())))
            .addAll(more.apply(0));
    return glb(gltf.build(), binary.toByteArray());
  }

  /** Returns the file of two chunks. */
  static byte[] glb(JsonObject gltf, byte[] binary) {
    byte[] json = gltf.toString().getBytes(StandardCharsets.UTF_8);
    int padded = json.length + (-json.length & 3);
    ByteBuffer file =
        ByteBuffer.allocate(28 + padded + binary.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x46546C67).putInt(2).putInt(file.capacity());
    file.putInt(padded).putInt(0x4E4F534A).put(json);
    while (file.position() < 20 + padded) {
      file.put((byte) ' ');
    }
    file.putInt(binary.length).putInt(0x004E4942).put(binary);
    return file.array();
  }

  byte[] file(String nodes) {
    return file(nodes, none -> Json.createObjectBuilder());
  }

  static jakarta.json.JsonStructure json(String text) {
    return Json.createReader(new java.io.StringReader(text.replace('\'', '"'))).read();
  }
}
