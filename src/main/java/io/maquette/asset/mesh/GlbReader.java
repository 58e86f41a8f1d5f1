package io.maquette.asset.mesh;

import io.maquette.asset.InvalidModelFileException;
import io.maquette.platform.json.GuardedJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the surface of a GLB file (glTF 2.0 specification), ours or a provider's: scenes with nodes
 * in nodes, several meshes, triangles with or without indices, in strips and fans, textures,
 * colours of vertices. What moves is read at rest.
 *
 * <p>What needs an extension we do not know, compressed meshes above all, is refused by its name.
 */
final class GlbReader {

  /** The largest file that is read, in bytes. */
  static final int MAX_FILE = 128 << 20;

  /** The most triangles that are read. */
  static final int MAX_FACES = 2_000_000;

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"
  private static final int HEADER = 20;
  private static final int MAX_JSON = 16 << 20;
  private static final int MAX_DEPTH = 64;

  /** A node in many places counts as often; this ends those that are in themselves. */
  private static final int MAX_NODES = 100_000;

  private static final int TRIANGLES = 4;
  private static final int TRIANGLE_STRIP = 5;
  private static final int TRIANGLE_FAN = 6;

  /** Required ones that change nothing of the shape, or that are read. */
  private static final Set<String> KNOWN =
      Set.of("KHR_mesh_quantization", "EXT_texture_webp", "KHR_materials_unlit");

  private final JsonObject gltf;
  private final Accessors accessors;
  private final SurfaceBuilder surface = new SurfaceBuilder();
  private final Map<Integer, Material> materials = new HashMap<>();
  private final Map<Integer, Texture> textures = new HashMap<>();
  private int nodes;

  private GlbReader(JsonObject gltf, ByteBuffer binary) {
    this.gltf = gltf;
    accessors = new Accessors(gltf, binary);
  }

  /**
   * Reads a file.
   *
   * @param glb read to its end, not closed
   * @throws InvalidModelFileException if it cannot be converted, saying why
   * @throws IOException if it cannot be read
   */
  static Surface read(InputStream glb) throws IOException {
    byte[] file = glb.readNBytes(MAX_FILE + 1);
    if (file.length > MAX_FILE) {
      throw new InvalidModelFileException("it is larger than " + (MAX_FILE >> 20) + " MiB");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER || bytes.getInt(0) != MAGIC || bytes.getInt(4) != 2) {
      throw new InvalidModelFileException("not a GLB file of version 2");
    }
    int jsonLength = bytes.getInt(12);
    if (bytes.getInt(16) != JSON_CHUNK
        || jsonLength < 0
        || jsonLength > Math.min(MAX_JSON, file.length - HEADER)) {
      throw new InvalidModelFileException("GLB without a sound JSON chunk");
    }
    try {
      JsonObject gltf = GuardedJson.object(new ByteArrayInputStream(file, HEADER, jsonLength));
      return new GlbReader(gltf, binary(bytes, HEADER + jsonLength)).read();
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw new InvalidModelFileException("GLB whose JSON is not glTF", e);
    }
  }

  private static ByteBuffer binary(ByteBuffer file, int at) throws InvalidModelFileException {
    if (at + 8 > file.limit()) {
      return ByteBuffer.allocate(0);
    }
    int length = file.getInt(at);
    if (file.getInt(at + 4) != BINARY_CHUNK || length < 0 || length > file.limit() - at - 8) {
      throw new InvalidModelFileException("GLB without a sound binary chunk");
    }
    return file.slice(at + 8, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Surface read() throws InvalidModelFileException {
    for (JsonValue required : array(gltf, "extensionsRequired")) {
      String name = required.toString().replace("\"", "");
      if (!KNOWN.contains(name)) {
        throw new InvalidModelFileException("it needs " + name.replaceAll("[^A-Za-z0-9_]", ""));
      }
    }
    JsonArray scenes = array(gltf, "scenes");
    JsonArray roots =
        scenes.isEmpty() ? null : array(scenes.getJsonObject(gltf.getInt("scene", 0)), "nodes");
    if (roots == null) { // then whatever meshes there are
      for (int mesh = 0; mesh < gltf.getJsonArray("meshes").size(); mesh++) {
        addMesh(mesh, Placement.MILLIMETRES);
      }
    } else {
      addNodes(roots, Placement.MILLIMETRES, 0);
    }
    return surface.build();
  }

  private void addNodes(JsonArray indices, Placement around, int depth)
      throws InvalidModelFileException {
    nodes += indices.size();
    if (depth > MAX_DEPTH || nodes > MAX_NODES) {
      throw new InvalidModelFileException("its nodes are too many, or in themselves");
    }
    for (int i = 0; i < indices.size(); i++) {
      JsonObject node = gltf.getJsonArray("nodes").getJsonObject(indices.getInt(i));
      Placement placement = around.with(node);
      if (node.containsKey("mesh")) {
        addMesh(node.getInt("mesh"), placement);
      }
      addNodes(array(node, "children"), placement, depth + 1);
    }
  }

  private void addMesh(int index, Placement placement) throws InvalidModelFileException {
    for (JsonValue value :
        gltf.getJsonArray("meshes").getJsonObject(index).getJsonArray("primitives")) {
      JsonObject primitive = value.asJsonObject();
      int mode = primitive.getInt("mode", TRIANGLES);
      if (mode >= TRIANGLES && mode <= TRIANGLE_FAN) { // points and lines are no surface
        addPrimitive(primitive, mode, placement);
      }
    }
  }

  private void addPrimitive(JsonObject primitive, int mode, Placement placement)
      throws InvalidModelFileException {
    JsonObject attributes = primitive.getJsonObject("attributes");
    int positions = attributes.getInt("POSITION");
    int cornerCount =
        primitive.containsKey("indices")
            ? accessors.count(primitive.getInt("indices"))
            : accessors.count(positions);
    int faces = mode == TRIANGLES ? cornerCount / 3 : cornerCount - 2;
    if (faces > MAX_FACES - surface.faceCount()
        || accessors.count(positions) > 3 * MAX_FACES - surface.cornerCount()) {
      throw new InvalidModelFileException("it has more than " + MAX_FACES + " faces");
    }
    int places = placesOn(primitive, attributes);
    Material material = material(primitive.getInt("material", -1));
    if (places < 0) {
      material = new Material(material.colour(), null);
    }
    surface.add(
        placement,
        material,
        accessors.floats(positions, 3),
        attributes.containsKey("NORMAL") ? accessors.floats(attributes.getInt("NORMAL"), 3) : null,
        places < 0 ? null : accessors.floats(places, 2),
        attributes.containsKey("COLOR_0") ? colours(attributes.getInt("COLOR_0")) : null,
        triangles(
            primitive.containsKey("indices") ? accessors.ints(primitive.getInt("indices")) : null,
            mode,
            faces));
  }

  /** The accessor with the places on the texture that gives the colour; -1 where there is none. */
  private int placesOn(JsonObject primitive, JsonObject attributes) {
    JsonObject texture =
        primitive.containsKey("material") ? colourTexture(primitive.getInt("material")) : null;
    return texture == null
        ? -1
        : attributes.getInt("TEXCOORD_" + texture.getInt("texCoord", 0), -1);
  }

  private int[] colours(int accessor) throws InvalidModelFileException {
    int width = accessors.width(accessor);
    float[] linear = accessors.floats(accessor, width);
    int[] colours = new int[linear.length / width];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = srgb(linear[width * i], linear[width * i + 1], linear[width * i + 2]);
    }
    return colours;
  }

  private static int srgb(double red, double green, double blue) {
    return Material.srgb(red) << 16 | Material.srgb(green) << 8 | Material.srgb(blue);
  }

  private static int[] triangles(int[] indices, int mode, int faces) {
    int[] corners = new int[3 * Math.max(0, faces)];
    for (int face = 0; face < corners.length / 3; face++) {
      for (int side = 0; side < 3; side++) {
        int corner =
            switch (mode) {
              case TRIANGLE_STRIP -> face + (face % 2 == 0 || side == 0 ? side : 3 - side);
              case TRIANGLE_FAN -> side == 0 ? 0 : face + side;
              default -> 3 * face + side;
            };
        corners[3 * face + side] = indices == null ? corner : indices[corner];
      }
    }
    return corners;
  }

  private JsonObject colourTexture(int material) {
    JsonObject look =
        gltf.getJsonArray("materials")
            .getJsonObject(material)
            .getJsonObject("pbrMetallicRoughness");
    return look == null ? null : look.getJsonObject("baseColorTexture");
  }

  private Material material(int index) throws InvalidModelFileException {
    if (index < 0) {
      return Material.PLAIN;
    }
    Material known = materials.get(index);
    if (known == null) {
      known = readMaterial(index);
      materials.put(index, known);
    }
    return known;
  }

  private Material readMaterial(int index) throws InvalidModelFileException {
    JsonObject look =
        gltf.getJsonArray("materials").getJsonObject(index).getJsonObject("pbrMetallicRoughness");
    int colour = 0xFFFFFF;
    if (look != null && look.containsKey("baseColorFactor")) {
      JsonArray factor = look.getJsonArray("baseColorFactor");
      colour =
          srgb(
              factor.getJsonNumber(0).doubleValue(),
              factor.getJsonNumber(1).doubleValue(),
              factor.getJsonNumber(2).doubleValue());
    }
    JsonObject texture = colourTexture(index);
    return new Material(colour, texture == null ? null : texture(texture.getInt("index")));
  }

  private Texture texture(int index) throws InvalidModelFileException {
    JsonObject texture = gltf.getJsonArray("textures").getJsonObject(index);
    int source = texture.getInt("source", -1);
    if (source < 0) {
      source =
          texture.getJsonObject("extensions").getJsonObject("EXT_texture_webp").getInt("source");
    }
    JsonObject image = gltf.getJsonArray("images").getJsonObject(source);
    if (!image.containsKey("bufferView")) {
      throw new InvalidModelFileException("its textures are not in the file");
    }
    Texture known = textures.get(source);
    if (known == null) { // several materials may share it
      known = new Texture(accessors.bytes(image.getInt("bufferView")));
      textures.put(source, known);
    }
    return known;
  }

  private static JsonArray array(JsonObject of, String name) {
    return of.containsKey(name) ? of.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
  }
}
