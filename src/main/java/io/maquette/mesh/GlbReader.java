package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reader for the surface of a GLB file (glTF 2.0 specification). It reads the default scene with
 * placed nodes, instances, and skins and morph targets at rest. It supports triangle lists, strips
 * and fans, base colour textures and vertex colours. docs/storage-and-formats.md lists what is read
 * and refused.
 */
final class GlbReader {

  /** Maximum number of triangles. */
  static final int MAX_FACES = 8_000_000;

  /** Maximum number of morph targets of a primitive; models of faces have about 50. */
  private static final int MAX_TARGETS = 1_000;

  private static final int TRIANGLES = 4;
  private static final int TRIANGLE_STRIP = 5;
  private static final int TRIANGLE_FAN = 6;

  private static final String DRACO = "KHR_draco_mesh_compression";

  /** Supported extensions that change the geometry or how it is stored. */
  private static final Set<String> READ =
      Set.of(
          "KHR_mesh_quantization",
          "EXT_meshopt_compression",
          "KHR_meshopt_compression",
          "EXT_mesh_gpu_instancing",
          "KHR_node_visibility");

  /** Prefixes of the names of extensions that do not change the geometry. */
  private static final List<String> NOT_GEOMETRY =
      List.of(
          "KHR_materials_",
          "EXT_materials_",
          "KHR_texture_",
          "EXT_texture_",
          "MSFT_texture_",
          "KHR_lights_",
          "EXT_lights_",
          "KHR_animation_",
          "KHR_xmp",
          "KHR_audio",
          "KHR_node_hoverability",
          "KHR_node_selectability",
          "VRM",
          "VRMC_");

  private final JsonObject gltf;
  private final Accessors accessors;
  private final Materials materials;
  private final Scene scene;
  private final SurfaceBuilder surface = new SurfaceBuilder();
  private final Map<Integer, Skin> skins = new HashMap<>();

  private GlbReader(GlbFile file) {
    gltf = file.gltf();
    Buffers buffers = new Buffers(gltf, file.binary());
    accessors = new Accessors(gltf, buffers);
    materials = new Materials(gltf, buffers);
    scene = new Scene(gltf);
  }

  /**
   * Reads a file.
   *
   * @param glb read to its end, not closed
   * @throws InvalidModelFileException if it cannot be converted, with the reason
   * @throws IOException if it cannot be read
   */
  static Surface read(InputStream glb) throws IOException {
    GlbFile file = GlbFile.read(glb);
    try {
      return new GlbReader(file).read();
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException e) {
      throw new InvalidModelFileException("the JSON is not glTF", e);
    }
  }

  private Surface read() throws InvalidModelFileException {
    checkExtensions();
    if (GlbFile.array(gltf, "scenes").isEmpty() && GlbFile.array(gltf, "nodes").isEmpty()) {
      JsonArray meshes = GlbFile.array(gltf, "meshes");
      for (int i = 0; i < meshes.size(); i++) {
        addMesh(meshes.getJsonObject(i), JsonValue.EMPTY_JSON_OBJECT, Placement.MILLIMETRES);
      }
    }
    for (Scene.Placed placed : scene.meshes()) {
      JsonObject node = placed.node();
      JsonObject mesh = gltf.getJsonArray("meshes").getJsonObject(node.getInt("mesh"));
      JsonObject instancing = GlbFile.extension(node, "EXT_mesh_gpu_instancing");
      if (instancing == null) {
        addMesh(mesh, node, placed.placement());
      } else {
        addInstances(mesh, node, instancing.getJsonObject("attributes"), placed.placement());
      }
    }
    return surface.build(materials);
  }

  private void checkExtensions() throws InvalidModelFileException {
    for (JsonValue required : GlbFile.array(gltf, "extensionsRequired")) {
      String name = ((JsonString) required).getString().replaceAll("[^A-Za-z0-9_]", "");
      if (name.equals(DRACO)) {
        throw draco();
      }
      if (!READ.contains(name) && NOT_GEOMETRY.stream().noneMatch(name::startsWith)) {
        throw new InvalidModelFileException(
            InvalidModelFileException.Fault.EXTENSION, "it requires " + name, name);
      }
    }
  }

  private static InvalidModelFileException draco() {
    return new InvalidModelFileException(
        InvalidModelFileException.Fault.DRACO, "the model is compressed with Draco");
  }

  private void addInstances(
      JsonObject mesh, JsonObject node, JsonObject attributes, Placement placement)
      throws InvalidModelFileException {
    int count = -1;
    for (String name : attributes.keySet()) {
      count = accessors.count(attributes.getInt(name));
    }
    if (count > MAX_FACES) {
      throw tooManyFaces();
    }
    float[] moves = instances(attributes, "TRANSLATION", 3, count);
    float[] turns = instances(attributes, "ROTATION", 4, count);
    float[] sizes = instances(attributes, "SCALE", 3, count);
    for (int i = 0; i < count; i++) {
      addMesh(
          mesh,
          node,
          placement.with(
              numbers(moves, i, 0, 0, 0),
              numbers(turns, i, 0, 0, 0, 1),
              numbers(sizes, i, 1, 1, 1)));
    }
  }

  private float[] instances(JsonObject attributes, String name, int width, int count)
      throws InvalidModelFileException {
    return attributes.containsKey(name)
        ? accessors.floats(attributes.getInt(name), width, count)
        : null;
  }

  private static double[] numbers(float[] of, int index, double... otherwise) {
    if (of != null) {
      for (int i = 0; i < otherwise.length; i++) {
        otherwise[i] = of[index * otherwise.length + i];
      }
    }
    return otherwise;
  }

  private void addMesh(JsonObject mesh, JsonObject node, Placement placement)
      throws InvalidModelFileException {
    for (JsonValue value : mesh.getJsonArray("primitives")) {
      JsonObject primitive = value.asJsonObject();
      int mode = primitive.getInt("mode", TRIANGLES);
      if (mode >= TRIANGLES
          && mode <= TRIANGLE_FAN // points and lines have no surface
          && primitive.getJsonObject("attributes").containsKey("POSITION")) {
        JsonArray weights =
            node.containsKey("weights")
                ? node.getJsonArray("weights")
                : GlbFile.array(mesh, "weights");
        addPrimitive(primitive, mode, weights, node.getInt("skin", -1), placement);
      }
    }
  }

  private static InvalidModelFileException tooManyFaces() {
    return new InvalidModelFileException(
        InvalidModelFileException.Fault.TOO_MANY_FACES,
        "more than " + MAX_FACES + " faces",
        MAX_FACES);
  }

  private void addPrimitive(
      JsonObject primitive, int mode, JsonArray weights, int skin, Placement placement)
      throws InvalidModelFileException {
    JsonObject attributes = primitive.getJsonObject("attributes");
    int count = accessors.count(attributes.getInt("POSITION"));
    int indices = primitive.getInt("indices", -1);
    int cornerCount = indices < 0 ? count : accessors.count(indices);
    int faces = mode == TRIANGLES ? cornerCount / 3 : cornerCount - 2;
    if (faces <= 0) {
      return;
    }
    if (faces > MAX_FACES - surface.faceCount() || count > 3 * MAX_FACES - surface.cornerCount()) {
      throw tooManyFaces();
    }
    if (GlbFile.extension(primitive, DRACO) != null && !hasOwnData(attributes, indices)) {
      throw draco();
    }
    float[] positions = morphed(primitive, "POSITION", weights, count);
    float[] normals =
        attributes.containsKey("NORMAL") ? morphed(primitive, "NORMAL", weights, count) : null;
    boolean isMirrored = place(attributes, skin, placement, positions, normals);
    int[] corners =
        triangles(indices < 0 ? null : accessors.ints(indices, 1, cornerCount), mode, faces);
    Material material = materials.of(primitive.getInt("material", -1));
    float[] places = places(attributes, material.texture(), count);
    surface.add(
        isMirrored,
        places == null ? new Material(material.colour(), material.opacity(), null) : material,
        positions,
        normals,
        places,
        attributes.containsKey("COLOR_0") ? colours(attributes.getInt("COLOR_0"), count) : null,
        corners);
  }

  /** Returns whether a primitive also has its geometry without compression. */
  private boolean hasOwnData(JsonObject attributes, int indices) {
    return accessors.hasView(attributes.getInt("POSITION"))
        && (indices < 0 || accessors.hasView(indices));
  }

  private float[] morphed(JsonObject primitive, String name, JsonArray weights, int count)
      throws InvalidModelFileException {
    float[] values = accessors.floats(primitive.getJsonObject("attributes").getInt(name), 3, count);
    JsonArray targets = GlbFile.array(primitive, "targets");
    if (targets.size() > MAX_TARGETS) {
      throw new InvalidModelFileException("a primitive of " + targets.size() + " morph targets");
    }
    for (int i = 0; i < Math.min(targets.size(), weights.size()); i++) {
      float weight = (float) weights.getJsonNumber(i).doubleValue();
      int target = targets.getJsonObject(i).getInt(name, -1);
      if (weight != 0 && target >= 0) {
        float[] difference = accessors.floats(target, 3, count);
        for (int k = 0; k < values.length; k++) {
          values[k] += weight * difference[k];
        }
      }
    }
    return values;
  }

  /** Transforms vertices to their placement; returns whether that mirrors them. */
  private boolean place(
      JsonObject attributes, int skin, Placement placement, float[] positions, float[] normals)
      throws InvalidModelFileException {
    int sets = 0;
    while (skin >= 0 && sets < 2 && attributes.containsKey("JOINTS_" + sets)) {
      sets++;
    }
    if (sets == 0) {
      for (int at = 0; at < positions.length; at += 3) {
        placement.place(positions, at);
        if (normals != null) {
          placement.turn(normals, at);
        }
      }
      return placement.isMirrored();
    }
    int count = positions.length / 3;
    int[] joints = new int[4 * sets * count];
    float[] weights = new float[4 * sets * count];
    for (int set = 0; set < sets; set++) {
      int[] ofSet = accessors.ints(attributes.getInt("JOINTS_" + set), 4, count);
      float[] weightsOfSet = accessors.floats(attributes.getInt("WEIGHTS_" + set), 4, count);
      for (int vertex = 0; vertex < count; vertex++) {
        System.arraycopy(ofSet, 4 * vertex, joints, 4 * (vertex * sets + set), 4);
        System.arraycopy(weightsOfSet, 4 * vertex, weights, 4 * (vertex * sets + set), 4);
      }
    }
    return skin(skin).place(positions, normals, joints, weights, 4 * sets);
  }

  private Skin skin(int index) throws InvalidModelFileException {
    Skin known = skins.get(index);
    if (known == null) {
      known = new Skin(gltf, index, scene, accessors);
      skins.put(index, known);
    }
    return known;
  }

  /** Returns the texture coordinates of vertices; null if no texture gives a colour. */
  private float[] places(JsonObject attributes, Texture texture, int count)
      throws InvalidModelFileException {
    if (texture == null || !texture.picture().hasKnownType()) {
      return null;
    }
    int accessor = attributes.getInt("TEXCOORD_" + texture.coordinates(), -1);
    if (accessor < 0) {
      return null;
    }
    float[] places = accessors.floats(accessor, 2, count);
    if (texture.transform() != null) {
      texture.transform().apply(places);
    }
    for (int i = 0; i < places.length; i++) {
      boolean isMirrored =
          (i % 2 == 0 ? texture.horizontal() : texture.vertical()) == Texture.MIRROR;
      float place = Float.isFinite(places[i]) ? places[i] : 0;
      places[i] = isMirrored ? Texture.mirrored(place) : place; // OBJ has no such mode
    }
    return places;
  }

  private int[] colours(int accessor, int count) throws InvalidModelFileException {
    int width = accessors.width(accessor);
    if (width < 3 || width > 4) {
      throw new InvalidModelFileException("colours of " + width + " components");
    }
    float[] linear = accessors.colours(accessor, width, count);
    int[] colours = new int[count];
    for (int i = 0; i < count; i++) {
      colours[i] = Material.srgb(linear[width * i], linear[width * i + 1], linear[width * i + 2]);
    }
    return colours;
  }

  private static int[] triangles(int[] indices, int mode, int faces) {
    if (mode == TRIANGLES && indices != null && indices.length == 3 * faces) {
      return indices;
    }
    int[] corners = new int[3 * faces];
    for (int face = 0; face < faces; face++) {
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
}
