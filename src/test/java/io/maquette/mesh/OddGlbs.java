package io.maquette.mesh;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * GLB files as providers may write them. Each has a closed box of 20 x 30 x 10 mm (x, y, z of glTF)
 * in one colour, described in a different way.
 */
public final class OddGlbs {

  /** Colour of every box unless its case sets another, 0xRRGGBB in sRGB. */
  static final int GREY = 0x808080;

  /** The same in linear light. */
  private static final float LINEAR = 0.21586f;

  /** 4 x 4 pixels of 0x808080, lossless. */
  private static final String WEBP = "UklGRh4AAABXRUJQVlA4TBEAAAAvA8AAAAdQwAIWsP+BiOh/AAA=";

  /**
   * Test file.
   *
   * @param boxes number of boxes, side by side, 20 mm from each other
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  public record Case(String name, byte[] glb, int boxes, int colour) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final float[] SIZE = {0.02f, 0.03f, 0.01f};
  private static final String NODE = "[{'mesh':0}]";

  private final List<Case> cases = new ArrayList<>();

  private OddGlbs() {}

  /** Returns all cases. */
  public static List<Case> all() throws IOException {
    OddGlbs odd = new OddGlbs();
    odd.indices();
    odd.stripsAndFans();
    odd.sparse();
    odd.componentTypes();
    odd.nodes();
    odd.posed();
    odd.colours();
    odd.textures();
    return odd.cases;
  }

  private void add(String name, byte[] glb) {
    cases.add(new Case(name, glb, 1, GREY));
  }

  /** Returns the corners of the box. */
  private static float[] box() {
    return scaled(TestGlb.CORNERS, SIZE);
  }

  private static float[] scaled(float[] corners, float[] size) {
    float[] scaled = corners.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= size[i % 3];
    }
    return scaled;
  }

  private static JsonObjectBuilder greyMaterial() {
    return greyMaterial("");
  }

  private static JsonObjectBuilder greyMaterial(String more) {
    return json(
        "{'materials':[{'pbrMetallicRoughness':{'metallicFactor':0,'baseColorFactor':["
            + "%1$s,%1$s,%1$s,1]}%2$s}]}".formatted(LINEAR, more));
  }

  private static JsonObjectBuilder json(String text) {
    return Json.createObjectBuilder(TestGlb.json(text).asJsonObject());
  }

  private static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  private static JsonObject primitive(JsonObjectBuilder attributes, int indices) {
    return TestGlb.primitive(attributes, indices, 0);
  }

  private static JsonObjectBuilder accessor(int view, int type, String shape, int count) {
    return object()
        .add("bufferView", view)
        .add("componentType", type)
        .add("type", shape)
        .add("count", count);
  }

  private static byte[] bytes(int capacity, Consumer<ByteBuffer> fill) {
    ByteBuffer bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    fill.accept(bytes);
    return bytes.array();
  }

  private static byte[] floats(float... values) {
    return bytes(
        4 * values.length,
        bytes -> {
          for (float value : values) {
            bytes.putFloat(value);
          }
        });
  }

  private static JsonObjectBuilder boxIn(TestGlb glb) {
    return object().add("POSITION", glb.floats("VEC3", 3, box()));
  }

  // ---- triangles

  private void indices() {
    for (int size : new int[] {1, 2, 4}) {
      TestGlb glb = new TestGlb();
      int view =
          glb.view(
              bytes(
                  36 * size,
                  bytes -> {
                    for (int corner : TestGlb.CUBE) {
                      switch (size) {
                        case 1 -> bytes.put((byte) corner);
                        case 2 -> bytes.putShort((short) corner);
                        default -> bytes.putInt(corner);
                      }
                    }
                  }));
      int type = size == 1 ? 5121 : size == 2 ? 5123 : 5125;
      int indices = glb.accessor(accessor(view, type, "SCALAR", 36));
      glb.mesh(primitive(boxIn(glb), indices));
      add("indices of " + size + " bytes", glb.file(NODE, none -> greyMaterial()));
    }
    TestGlb loose = new TestGlb();
    int positions = loose.floats("VEC3", 3, scaled(TestGlb.loose(), SIZE));
    loose.mesh(primitive(object().add("POSITION", positions), -1));
    add("no indices", loose.file(NODE, none -> greyMaterial()));

    TestGlb lines = new TestGlb();
    JsonObject far =
        Json.createObjectBuilder(
                primitive(object().add("POSITION", lines.floats("VEC3", 3, 9, 9, 9, 8, 8, 8)), -1))
            .add("mode", 1)
            .build();
    JsonObject points = Json.createObjectBuilder(far).add("mode", 0).build();
    lines.mesh(far, primitive(boxIn(lines), lines.shorts(TestGlb.CUBE)), points);
    add("lines and points beside it", lines.file(NODE, none -> greyMaterial()));

    TestGlb unused = new TestGlb();
    float[] corners = java.util.Arrays.copyOf(box(), 30);
    java.util.Arrays.fill(corners, 24, 30, Float.NaN);
    unused.mesh(
        primitive(
            object().add("POSITION", unused.floats("VEC3", 3, corners)),
            unused.shorts(TestGlb.CUBE)));
    add("unused positions that are no numbers", unused.file(NODE, none -> greyMaterial()));
  }

  /** Adds each side of the box, two triangles of four corners, as a separate primitive. */
  private void stripsAndFans() {
    for (int mode : new int[] {TestGlb.STRIP, TestGlb.FAN}) {
      for (boolean isIndexed : new boolean[] {false, true}) {
        TestGlb glb = new TestGlb();
        JsonObject[] sides = new JsonObject[6];
        for (int side = 0; side < 6; side++) {
          int[] cube = java.util.Arrays.copyOfRange(TestGlb.CUBE, 6 * side, 6 * side + 6);
          sides[side] = side(glb, around(cube), mode, isIndexed);
        }
        glb.mesh(sides);
        add(
            (mode == TestGlb.STRIP ? "strips" : "fans") + (isIndexed ? " with indices" : ""),
            glb.file(NODE, none -> greyMaterial()));
      }
    }
  }

  /** Returns the four corners of two triangles that share an edge, counter-clockwise. */
  private static int[] around(int[] two) {
    for (int i = 0; i < 3; i++) { // the edge i, i + 1 of the first one is shared
      int a = two[i];
      int b = two[(i + 1) % 3];
      for (int k = 3; k < 6; k++) {
        int c = two[k];
        boolean isApart = c != two[0] && c != two[1] && c != two[2];
        boolean hasBoth = contains(two, 3, a) && contains(two, 3, b);
        if (isApart && hasBoth) {
          return new int[] {a, c, b, two[(i + 2) % 3]};
        }
      }
    }
    throw new AssertionError("no square");
  }

  private static boolean contains(int[] values, int from, int wanted) {
    for (int i = from; i < from + 3; i++) {
      if (values[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private static JsonObject side(TestGlb glb, int[] around, int mode, boolean isIndexed) {
    int[] order =
        mode == TestGlb.FAN
            ? around
            : new int[] {around[0], around[1], around[3], around[2]}; // zigzag order
    float[] corners = new float[12];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(box(), 3 * order[i], corners, 3 * i, 3);
    }
    JsonObject primitive =
        isIndexed
            ? primitive(boxIn(glb), glb.shorts(order))
            : primitive(object().add("POSITION", glb.floats("VEC3", 3, corners)), -1);
    return Json.createObjectBuilder(primitive).add("mode", mode).build();
  }

  // ---- numbers

  private void sparse() {
    int[] indexTypes = {5121, 5123, 5125};
    for (boolean hasView : new boolean[] {true, false}) {
      for (int type : indexTypes) {
        TestGlb glb = new TestGlb();
        float[] right = box();
        float[] wrong = right.clone();
        int first = hasView ? 3 : 0;
        for (int i = 3 * first; i < wrong.length; i++) {
          wrong[i] = 7;
        }
        int size = type == 5121 ? 1 : type == 5123 ? 2 : 4;
        int count = 8 - first;
        int places =
            glb.view(
                bytes(
                    size * count,
                    bytes -> {
                      for (int i = first; i < 8; i++) {
                        switch (size) {
                          case 1 -> bytes.put((byte) i);
                          case 2 -> bytes.putShort((short) i);
                          default -> bytes.putInt(i);
                        }
                      }
                    }));
        int values = glb.view(floats(java.util.Arrays.copyOfRange(right, 3 * first, 24)));
        JsonObjectBuilder accessor =
            object().add("componentType", 5126).add("type", "VEC3").add("count", 8);
        if (hasView) {
          accessor.add("bufferView", glb.view(floats(wrong)));
        }
        accessor.add(
            "sparse",
            object()
                .add("count", count)
                .add("indices", object().add("bufferView", places).add("componentType", type))
                .add("values", object().add("bufferView", values)));
        int positions = glb.accessor(accessor);
        glb.mesh(primitive(object().add("POSITION", positions), glb.shorts(TestGlb.CUBE)));
        add(
            "sparse, indices " + type + (hasView ? "" : ", without a view"),
            glb.file(NODE, none -> greyMaterial()));
      }
    }
  }

  private void componentTypes() {
    record Kind(int type, int size, int greatest, boolean isNormalized) {}
    List<Kind> kinds =
        List.of(
            new Kind(5120, 1, 127, true),
            new Kind(5121, 1, 255, true),
            new Kind(5122, 2, 32_767, true),
            new Kind(5123, 2, 65_535, true),
            new Kind(5121, 1, 200, false),
            new Kind(5122, 2, 1_000, false));
    for (Kind kind : kinds) {
      TestGlb glb = new TestGlb();
      int stride = kind.size() == 1 ? 4 : 8;
      int view =
          glb.view(
              bytes(
                  8 * stride,
                  bytes -> {
                    for (int i = 0; i < 24; i++) {
                      int value = (int) (TestGlb.CORNERS[i] * kind.greatest());
                      bytes.position(i / 3 * stride + i % 3 * kind.size());
                      if (kind.size() == 1) {
                        bytes.put((byte) value);
                      } else {
                        bytes.putShort((short) value);
                      }
                    }
                  }),
              object().add("byteStride", stride));
      JsonObjectBuilder accessor = accessor(view, kind.type(), "VEC3", 8);
      if (kind.isNormalized()) {
        accessor.add("normalized", true);
      }
      int positions = glb.accessor(accessor);
      glb.mesh(primitive(object().add("POSITION", positions), glb.shorts(TestGlb.CUBE)));
      double unit = kind.isNormalized() ? 1 : 1.0 / kind.greatest();
      String node =
          "[{'mesh':0,'scale':[%s,%s,%s]}]".formatted(0.02 * unit, 0.03 * unit, 0.01 * unit);
      add(
          "quantized positions " + kind,
          glb.file(
              node,
              none ->
                  greyMaterial()
                      .add("extensionsRequired", json1("KHR_mesh_quantization"))
                      .add("extensionsUsed", json1("KHR_mesh_quantization"))));
    }

    TestGlb woven = new TestGlb();
    int view =
        woven.view(
            bytes(
                8 * 28 + 4,
                bytes -> {
                  for (int i = 0; i < 8; i++) {
                    bytes.position(4 + 28 * i);
                    for (int axis = 0; axis < 3; axis++) {
                      bytes.putFloat(box()[3 * i + axis]);
                    }
                    bytes.putFloat(0).putFloat(1).putFloat(0); // a normal
                    bytes.put((byte) 255).put((byte) 255).put((byte) 255).put((byte) 255);
                  }
                }),
            object().add("byteStride", 28));
    int positions = woven.accessor(accessor(view, 5126, "VEC3", 8).add("byteOffset", 4));
    int normals = woven.accessor(accessor(view, 5126, "VEC3", 8).add("byteOffset", 16));
    woven.mesh(
        primitive(
            object().add("POSITION", positions).add("NORMAL", normals),
            woven.shorts(TestGlb.CUBE)));
    add("interleaved", woven.file(NODE, none -> greyMaterial()));
  }

  private static jakarta.json.JsonArray json1(String text) {
    return Json.createArrayBuilder().add(text).build();
  }

  // ---- placement

  private static TestGlb unit() {
    TestGlb glb = new TestGlb();
    glb.mesh(
        primitive(
            object().add("POSITION", glb.floats("VEC3", 3, TestGlb.CORNERS)),
            glb.shorts(TestGlb.CUBE)));
    return glb;
  }

  private void nodes() {
    String scale = "'scale':[0.02,0.03,0.01]";
    add("scale", unit().file("[{'mesh':0," + scale + "}]", none -> greyMaterial()));
    add("mirrored", unit().file("[{'mesh':0,'scale':[-0.02,0.03,0.01]}]", none -> greyMaterial()));
    add(
        "mirrored in three directions, in a node",
        unit()
            .file(
                "[{'children':[1],'scale':[-1,-1,-1]},{'mesh':0," + scale + "}]",
                none -> greyMaterial()));
    add(
        "matrix",
        unit()
            .file(
                "[{'mesh':0,'matrix':[0.02,0,0,0,0,0.03,0,0,0,0,0.01,0,5,6,7,1]}]",
                none -> greyMaterial()));
    add(
        "turned upright",
        unit()
            .file(
                "[{'children':[1],'rotation':[0.70710678,0,0,0.70710678],'translation':[1,2,3]},"
                    + "{'mesh':0,'scale':[0.02,0.01,0.03]}]",
                none -> greyMaterial()));
    add(
        "second scene",
        unit()
            .file(
                "[{'mesh':0,'scale':[9,9,9]},{'mesh':0," + scale + "}]",
                none ->
                    greyMaterial()
                        .add("scene", 1)
                        .add("scenes", TestGlb.json("[{'nodes':[0]},{'nodes':[1]}]"))));
    add(
        "no scene",
        unit()
            .file(
                "[{'mesh':0," + scale + "},{'children':[0]}]",
                none -> greyMaterial().add("scenes", TestGlb.json("[]"))));
    add(
        "a node that is not visible",
        unit()
            .file(
                "[{'children':[1,2]},{'mesh':0,"
                    + scale
                    + "},{'mesh':0,"
                    + "'extensions':{'KHR_node_visibility':{'visible':false}}}]",
                none -> greyMaterial().add("extensionsUsed", json1("KHR_node_visibility"))));
    StringBuilder deep = new StringBuilder("[");
    for (int i = 1; i < 3_000; i++) {
      deep.append("{'children':[").append(i).append("]},");
    }
    add(
        "a tree of 3,000 levels",
        unit().file(deep + "{'mesh':0," + scale + "}]", none -> greyMaterial()));

    TestGlb twice = unit();
    int moves = twice.floats("VEC3", 3, 0, 0, 0, 0.04f, 0, 0);
    int sizes = twice.floats("VEC3", 3, 0.02f, 0.03f, 0.01f, 0.02f, 0.03f, 0.01f);
    int turns = twice.floats("VEC4", 4, 0, 0, 0, 1, 0, 0, 0, 1);
    String attributes =
        "{'TRANSLATION':%d,'ROTATION':%d,'SCALE':%d}".formatted(moves, turns, sizes);
    byte[] instances =
        twice.file(
            "[{'mesh':0,'extensions':{'EXT_mesh_gpu_instancing':{'attributes':"
                + attributes
                + "}}}]",
            none -> greyMaterial().add("extensionsUsed", json1("EXT_mesh_gpu_instancing")));
    cases.add(new Case("instances", instances, 2, GREY));
    cases.add(
        new Case(
            "a mesh in two places",
            unit()
                .file(
                    "[{'children':[1,2]},{'mesh':0,%1$s},{'mesh':0,%1$s,'translation':[0.04,0,0]}]"
                        .formatted(scale),
                    none -> greyMaterial()),
            2,
            GREY));
  }

  private void posed() {
    TestGlb skinned = new TestGlb();
    int joints = skinned.accessor(accessor(skinned.view(new byte[32]), 5121, "VEC4", 8));
    float[] weights = new float[32];
    for (int i = 0; i < 8; i++) {
      weights[4 * i] = 1;
    }
    int binding = skinned.floats("MAT4", 16, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -5, 0, 0, 1);
    int positions = skinned.floats("VEC3", 3, TestGlb.CORNERS);
    skinned.mesh(
        primitive(
            object()
                .add("POSITION", positions)
                .add("JOINTS_0", joints)
                .add("WEIGHTS_0", skinned.floats("VEC4", 4, weights)),
            skinned.shorts(TestGlb.CUBE)));
    add(
        "a skin at rest",
        skinned.file(
            "[{'children':[1,2]},{'mesh':0,'skin':0,'scale':[9,9,9]},"
                + "{'scale':[0.02,0.03,0.01],'children':[3]},{'translation':[5,0,0]}]",
            none ->
                greyMaterial()
                    .add(
                        "skins",
                        TestGlb.json("[{'joints':[3],'inverseBindMatrices':" + binding + "}]"))));

    for (boolean ofNode : new boolean[] {false, true}) {
      TestGlb morphed = new TestGlb();
      float[] half = scaled(box(), new float[] {0.5f, 0.5f, 0.5f});
      int at = morphed.floats("VEC3", 3, half);
      int target = morphed.floats("VEC3", 3, box());
      int other = morphed.floats("VEC3", 3, box());
      JsonObject primitive =
          Json.createObjectBuilder(
                  primitive(object().add("POSITION", at), morphed.shorts(TestGlb.CUBE)))
              .add(
                  "targets",
                  TestGlb.json("[{'POSITION':" + target + "},{'POSITION':" + other + "}]"))
              .build();
      morphed.mesh(json(ofNode ? "{'weights':[9,9]}" : "{'weights':[0.5,0]}"), primitive);
      add(
          "morph targets with weights of the " + (ofNode ? "node" : "mesh"),
          morphed.file(
              ofNode ? "[{'mesh':0,'weights':[0.25,0.25]}]" : NODE, none -> greyMaterial()));
    }
  }

  // ---- appearance

  private void colours() {
    for (int width : new int[] {3, 4}) {
      for (int type : new int[] {5126, 5121, 5123}) {
        TestGlb glb = new TestGlb();
        int size = type == 5126 ? 4 : type == 5121 ? 1 : 2;
        int stride = Math.max(4, width * size + 3 & -4);
        int view =
            glb.view(
                bytes(
                    8 * stride,
                    bytes -> {
                      for (int i = 0; i < 8 * width; i++) {
                        bytes.position(i / width * stride + i % width * size);
                        float value = i % width == 3 ? 1 : LINEAR;
                        switch (type) {
                          case 5126 -> bytes.putFloat(value);
                          case 5121 -> bytes.put((byte) Math.round(value * 255));
                          default -> bytes.putShort((short) Math.round(value * 65_535));
                        }
                      }
                    }),
                object().add("byteStride", stride));
        JsonObjectBuilder accessor = accessor(view, type, "VEC" + width, 8);
        if (type != 5126) {
          accessor.add("normalized", true);
        }
        JsonObjectBuilder attributes = boxIn(glb).add("COLOR_0", glb.accessor(accessor));
        glb.mesh(TestGlb.primitive(attributes, glb.shorts(TestGlb.CUBE), -1));
        add("colours of vertices, " + width + " x " + type, glb.file(NODE));
      }
    }
    TestGlb unlit = new TestGlb();
    unlit.mesh(primitive(boxIn(unlit), unlit.shorts(TestGlb.CUBE)));
    add(
        "unlit",
        unlit.file(
            NODE,
            none ->
                greyMaterial(",'doubleSided':true,'extensions':{'KHR_materials_unlit':{}}")
                    .add("extensionsRequired", json1("KHR_materials_unlit"))
                    .add("extensionsUsed", json1("KHR_materials_unlit"))));
  }

  private static byte[] png(int... pixels) throws IOException {
    BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, pixels.length, 1, pixels, 0, pixels.length);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static final String LOOK =
      "'materials':[{'pbrMetallicRoughness':{'metallicFactor':0,'baseColorTexture':%s}}]";

  private static float[] all(float u, float v) {
    float[] places = new float[16];
    for (int i = 0; i < 16; i += 2) {
      places[i] = u;
      places[i + 1] = v;
    }
    return places;
  }

  /** Creates a box whose corners all have the same texture coordinate. */
  private static TestGlb placed(String set, float u, float v) {
    TestGlb glb = new TestGlb();
    JsonObjectBuilder attributes = boxIn(glb).add(set, glb.floats("VEC2", 2, all(u, v)));
    if (!set.equals("TEXCOORD_0")) {
      attributes.add("TEXCOORD_0", glb.floats("VEC2", 2, all(0.9f, 0.5f)));
    }
    glb.mesh(primitive(attributes, glb.shorts(TestGlb.CUBE)));
    return glb;
  }

  private void textures() throws IOException {
    byte[] grey = png(GREY);
    int left = GREY;
    byte[] halves = png(left, 0xFF0000);
    String one = LOOK.formatted("{'index':0}");

    textured("texture", placed("TEXCOORD_0", 0.5f, 0.5f), grey, "image/png", one, "{'source':0}");
    textured(
        "second coordinates",
        placed("TEXCOORD_1", 0.25f, 0.5f),
        halves,
        "image/png",
        LOOK.formatted("{'index':0,'texCoord':1}"),
        "{'source':0}");
    textured(
        "texture that is transformed",
        placed("TEXCOORD_0", 0.5f, 0.5f),
        halves,
        "image/png",
        LOOK.formatted(
            "{'index':0,'extensions':{'KHR_texture_transform':{'offset':[0.75,0],"
                + "'scale':[1,1],'rotation':3.14159265}}}"),
        "{'source':0}");
    textured(
        "texture that is transformed, of the second coordinates",
        placed("TEXCOORD_1", 0.5f, 0.5f),
        halves,
        "image/png",
        LOOK.formatted(
            "{'index':0,'extensions':{'KHR_texture_transform':{'texCoord':1,'scale':[0.5,1]}}}"),
        "{'source':0}");
    int[][] wraps = {{10497, 10497}, {33071, 33071}, {33648, 33648}};
    float[] places = {4.25f, -3, 1.75f};
    for (int i = 0; i < wraps.length; i++) {
      textured(
          "texture with wrap mode " + wraps[i][0],
          placed("TEXCOORD_0", places[i], 0.5f),
          halves,
          "image/png",
          "'samplers':[{'wrapS':%d,'wrapT':%d,'magFilter':9728,'minFilter':9728}],"
                  .formatted(wraps[i][0], wraps[i][1])
              + one,
          "{'source':0,'sampler':0}");
    }
    textured(
        "WebP texture",
        placed("TEXCOORD_0", 0.5f, 0.5f),
        Base64.getDecoder().decode(WEBP),
        "image/webp",
        "'extensionsRequired':['EXT_texture_webp'],'extensionsUsed':['EXT_texture_webp']," + one,
        "{'extensions':{'EXT_texture_webp':{'source':0}}}");
    String factor =
        "'materials':[{'pbrMetallicRoughness':{'metallicFactor':0,'baseColorFactor':["
            + "%1$s,%1$s,%1$s,1],'baseColorTexture':{'index':0}}}]".formatted(LINEAR);
    textured(
        "texture times factor",
        placed("TEXCOORD_0", 0.5f, 0.5f),
        png(0xFFFFFF),
        "image/png",
        factor,
        "{'source':0}");
    TestGlb both = new TestGlb();
    both.mesh(
        primitive(
            boxIn(both).add("TEXCOORD_0", both.floats("VEC2", 2, all(0.5f, 0.5f))),
            both.shorts(TestGlb.CUBE)));
    int fallback = both.view(grey);
    int unknown = both.view(new byte[] {0, 0, 0, 32, 'f', 't', 'y', 'p', 'a', 'v', 'i', 'f'});
    add(
        "unknown texture with a fallback",
        both.file(
            NODE,
            none ->
                json("{" + one + "}")
                    .add(
                        "textures",
                        TestGlb.json(
                            "[{'source':0,'extensions':{'EXT_texture_avif':{'source':1}}}]"))
                    .add(
                        "images",
                        TestGlb.json(
                            "[{'mimeType':'image/png','bufferView':%d},{'mimeType':'image/avif','bufferView':%d}]"
                                .formatted(fallback, unknown)))));
    dataUris(grey, one);
  }

  private void textured(
      String name, TestGlb glb, byte[] picture, String type, String look, String texture) {
    int view = glb.view(picture);
    add(
        name,
        glb.file(
            NODE,
            none ->
                json("{" + look + "}")
                    .add("textures", TestGlb.json("[" + texture + "]"))
                    .add(
                        "images",
                        TestGlb.json(
                            "[{'mimeType':'%s','bufferView':%d}]".formatted(type, view)))));
  }

  private void dataUris(byte[] picture, String look) {
    String base64 = Base64.getEncoder().encodeToString(picture);
    for (String head : List.of("data:image/png;base64,", "DATA:application/octet-stream;base64,")) {
      TestGlb glb = placed("TEXCOORD_0", 0.5f, 0.5f);
      add(
          "image in a data URI " + head,
          glb.file(
              NODE,
              none ->
                  json("{" + look + "}")
                      .add("textures", TestGlb.json("[{'source':0}]"))
                      .add("images", TestGlb.json("[{'uri':'" + head + base64 + "'}]"))));
    }
    byte[] data =
        bytes(
            96 + 72,
            bytes -> {
              bytes.put(floats(box()));
              for (int corner : TestGlb.CUBE) {
                bytes.putShort((short) corner);
              }
            });
    JsonObject gltf =
        greyMaterial()
            .addAll(
                json(
                    "{'asset':{'version':'2.0'},'scene':0,'scenes':[{'nodes':[0]}],'nodes':[{'mesh':0}],"
                        + "'meshes':[{'primitives':[{'attributes':{'POSITION':0},'indices':1,'material':0}]}],"
                        + "'accessors':[{'bufferView':0,'componentType':5126,'type':'VEC3','count':8},"
                        + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}],"
                        + "'bufferViews':[{'buffer':0,'byteLength':96},"
                        + "{'buffer':0,'byteOffset':96,'byteLength':72}],"
                        + "'buffers':[{'byteLength':168,'uri':'data:application/gltf-buffer;base64,"
                        + Base64.getEncoder().encodeToString(data)
                        + "'}]}"))
            .build();
    add("buffer in a data URI", TestGlb.glb(gltf, new byte[0]));
  }
}
