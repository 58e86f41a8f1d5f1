package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of files that providers write, and of the refusal of all others. */
class GlbReaderTest {

  private static final Path MODELS = Path.of("src/test/resources/models");

  @Test
  void transformations_of_nodes_apply_to_their_meshes() throws Exception {
    Surface surface = ModelFormatTest.read(ModelFormatTest.providers());
    assertThat(surface.faceCount()).isEqualTo(24);
    assertThat(surface.pointCount()).as("corners without indices meet at points").isEqualTo(16);
    assertThat(surface.extent(0)).containsExactly(new float[] {0, 6000}, within(0.01f));
    assertThat(surface.extent(1)).containsExactly(new float[] {0, 4000}, within(0.01f));
    assertThat(PrintabilityCheck.of(surface).shell().volume() / 1e9)
        .as("mirrored and turned, it is the right way out")
        .isCloseTo(2 * 4 + 2, within(1e-4));
  }

  private static byte[] requiring(String extension) {
    TestGlb glb = new TestGlb();
    glb.cube();
    return glb.file(
        "[{'mesh':0}]",
        none ->
            Json.createObjectBuilder()
                .add("extensionsRequired", Json.createArrayBuilder().add(extension)));
  }

  @Test
  void json_that_is_cut_off_anywhere_or_nested_without_end_is_refused() {
    String whole = "{\"scenes\":[],\"meshes\":[{\"primitives\":[{\"extras\":[{}]}]}]}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 0; length < whole.length(); length++) {
            byte[] cut = glb(whole.substring(0, length));
            assertThatThrownBy(() -> ModelFormatTest.read(cut))
                .isInstanceOf(InvalidModelFileException.class);
          }
          byte[] deep = glb("{\"extras\":" + "[".repeat(1 << 20));
          assertThatThrownBy(() -> ModelFormatTest.read(deep))
              .isInstanceOf(InvalidModelFileException.class);
        });
  }

  private static byte[] glb(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(20 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x46546C67)
        .putInt(2)
        .putInt(20 + text.length)
        .putInt(text.length)
        .putInt(0x4E4F534A)
        .put(text)
        .array();
  }

  @Test
  void a_file_that_cannot_be_converted_is_refused_with_the_reason() throws IOException {
    assertRefused(requiring("KHR_draco_mesh_compression"), InvalidModelFileException.Fault.DRACO);
    assertRefused(
        Files.readAllBytes(MODELS.resolve("draco-edgebreaker.glb")),
        InvalidModelFileException.Fault.DRACO);
    assertRefused(
        requiring("ACME_voxels"), InvalidModelFileException.Fault.EXTENSION, "ACME_voxels");
    assertRefused(new byte[0], InvalidModelFileException.Fault.NOT_GLB);
    assertRefused(new byte[100], InvalidModelFileException.Fault.NOT_GLB);
    for (String uri : new String[] {"model.bin", "https://example.org/model.bin", ""}) {
      TestGlb outside = new TestGlb();
      outside.cube();
      byte[] file =
          outside.file(
              "[{'mesh':0}]",
              none ->
                  Json.createObjectBuilder()
                      .add("buffers", TestGlb.json("[{'byteLength':1000,'uri':'" + uri + "'}]")));
      assertRefused(file, InvalidModelFileException.Fault.EXTERNAL_DATA);
    }
    TestGlb flat = new TestGlb();
    flat.mesh(
        TestGlb.primitive(
            Json.createObjectBuilder().add("POSITION", flat.floats("VEC3", 3, new float[9])),
            -1,
            -1));
    assertRefused(flat.file("[{'mesh':0}]"), InvalidModelFileException.Fault.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"KHR_materials_transmission", "KHR_texture_basisu", "KHR_lights_punctual"})
  void an_extension_that_leaves_the_geometry_as_it_is_may_be_required(String name)
      throws IOException {
    assertThat(ModelFormatTest.read(requiring(name)).faceCount()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"meshopt-quantize", "meshopt-filter", "meshopt-khr", "quantized"})
  void compressed_files_have_the_surface_that_was_compressed(String name) throws IOException {
    Surface plain = ModelFormatTest.read(Files.readAllBytes(MODELS.resolve("plain.glb")));
    Surface read = ModelFormatTest.read(Files.readAllBytes(MODELS.resolve(name + ".glb")));
    assertThat(read.faceCount()).isEqualTo(plain.faceCount());
    for (int axis = 0; axis < 3; axis++) {
      assertThat(read.extent(axis)).containsExactly(plain.extent(axis), within(0.05f));
    }
    assertThat(PrintabilityCheck.of(read).shell().volume())
        .isCloseTo(PrintabilityCheck.of(plain).shell().volume(), withinPercentage(0.5));
    assertThat(colours(read)).isEqualTo(colours(plain));
    assertThat(read.normals()).isNotNull();
  }

  /** Counts each rounded colour at the corners of triangles. */
  private static Map<Integer, Integer> colours(Surface surface) {
    Map<Integer, Integer> colours = new TreeMap<>();
    int at = 0;
    for (Surface.Part part : surface.parts()) {
      for (; at < 3 * part.end(); at++) {
        int colour = surface.colour(part.material(), surface.corners()[at]);
        colours.merge(colour & 0xE0E0E0, 1, Integer::sum);
      }
    }
    return colours;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ktx2-uastc", "ktx2-etc1s"})
  void the_colour_of_the_material_stands_in_for_a_texture_that_is_not_read(String name)
      throws IOException {
    Surface surface = ModelFormatTest.read(Files.readAllBytes(MODELS.resolve(name + ".glb")));
    assertThat(surface.materials().haveUnreadableTexture()).isTrue();
    for (ModelFormat format : ModelFormat.values()) {
      format.write(surface, "model", java.io.OutputStream.nullOutputStream());
    }
    assertThat(colours(surface)).containsOnlyKeys(0xE0E0E0);
  }

  private static byte[] damaged(String accessorOrNode) {
    TestGlb glb = new TestGlb();
    glb.cube();
    return glb.file(
        "[{'mesh':0}]",
        none -> Json.createObjectBuilder(TestGlb.json("{" + accessorOrNode + "}").asJsonObject()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'scene':7",
        "'scenes':[{'nodes':[9]}]",
        "'nodes':[{'mesh':4}]",
        "'nodes':[{'mesh':0,'scale':[1e38,1e38,1e38]}]",
        "'nodes':7",
        "'meshes':[{'primitives':[{'attributes':{'POSITION':1},'indices':0}]}]",
        "'meshes':[{'primitives':[{'attributes':{'POSITION':0},'indices':9}]}]",
        "'accessors':[{'bufferView':0,'componentType':5126,'type':'VEC3','count':7},"
            + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}]",
        "'accessors':[{'bufferView':0,'componentType':5126,'type':'VEC3','count':80},"
            + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}]",
        "'accessors':[{'bufferView':0,'componentType':5126,'type':'VEC3','count':-8},"
            + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}]",
        "'accessors':[{'bufferView':0,'componentType':9,'type':'VEC3','count':8},"
            + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}]",
        "'bufferViews':[{'buffer':0,'byteLength':96,'byteOffset':2000000000},"
            + "{'buffer':0,'byteOffset':96,'byteLength':72}]",
        "'bufferViews':[{'buffer':1,'byteLength':96},{'buffer':0,'byteOffset':96,'byteLength':72}]",
        "'bufferViews':[{'buffer':0,'byteLength':96,'extensions':{'EXT_meshopt_compression':"
            + "{'buffer':0,'byteLength':96,'byteStride':12,'count':8,'mode':'ATTRIBUTES'}}},"
            + "{'buffer':0,'byteOffset':96,'byteLength':72}]",
        "'extensionsRequired':[7]",
      })
  void a_damaged_file_is_refused(String damage) {
    assertRefused(damaged(damage), InvalidModelFileException.Fault.DAMAGED);
  }

  @Test
  void positions_in_use_must_be_numbers() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      TestGlb glb = new TestGlb();
      float[] corners = TestGlb.loose();
      corners[50] = bad;
      glb.mesh(
          TestGlb.primitive(
              Json.createObjectBuilder().add("POSITION", glb.floats("VEC3", 3, corners)), -1, -1));
      assertRefused(glb.file("[{'mesh':0}]"), InvalidModelFileException.Fault.DAMAGED);
    }
  }

  @Test
  void a_count_that_no_memory_holds_is_refused_before_anything_is_allocated() {
    assertRefused(
        damaged(
            "'accessors':[{'componentType':5126,'type':'VEC3','count':2147483647},"
                + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36}]"),
        InvalidModelFileException.Fault.TOO_MANY_FACES);
    assertRefused(
        damaged(
            "'accessors':[{'bufferView':0,'componentType':5126,'type':'VEC3','count':8},"
                + "{'componentType':5125,'type':'SCALAR','count':2147483647}]"),
        InvalidModelFileException.Fault.TOO_MANY_FACES);
    assertRefused(
        damaged(
            "'bufferViews':[{'buffer':0,'byteLength':96,'extensions':{'KHR_meshopt_compression':"
                + "{'buffer':0,'byteLength':96,'byteStride':12,'count':2000000000,"
                + "'mode':'ATTRIBUTES'}}},{'buffer':0,'byteOffset':96,'byteLength':72}]"),
        InvalidModelFileException.Fault.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_001, 100_000_000, 134_217_728, Integer.MAX_VALUE})
  void a_skin_of_too_few_or_too_many_matrices_is_refused(int count) {
    TestGlb glb = new TestGlb();
    JsonObjectBuilder attributes =
        Json.createObjectBuilder()
            .add("POSITION", glb.floats("VEC3", 3, TestGlb.CORNERS))
            .add("JOINTS_0", glb.accessor(zeros(5121, "VEC4", 8)))
            .add("WEIGHTS_0", glb.accessor(zeros(5126, "VEC4", 8)));
    glb.mesh(TestGlb.primitive(attributes, glb.shorts(TestGlb.CUBE), -1));
    int matrices = glb.accessor(zeros(5126, "MAT4", count));
    String skins = "[{'joints':[0],'inverseBindMatrices':" + matrices + "}]";
    assertRefused(
        glb.file(
            "[{'mesh':0,'skin':0}]",
            none -> Json.createObjectBuilder().add("skins", TestGlb.json(skins))),
        InvalidModelFileException.Fault.DAMAGED);
  }

  private static byte[] withJoint(String nodes, int joint) {
    TestGlb glb = new TestGlb();
    JsonObjectBuilder attributes =
        Json.createObjectBuilder()
            .add("POSITION", glb.floats("VEC3", 3, TestGlb.CORNERS))
            .add("JOINTS_0", glb.accessor(zeros(5121, "VEC4", 8)))
            .add("WEIGHTS_0", glb.accessor(zeros(5126, "VEC4", 8)));
    glb.mesh(TestGlb.primitive(attributes, glb.shorts(TestGlb.CUBE), -1));
    return glb.file(
        nodes,
        none ->
            Json.createObjectBuilder().add("skins", TestGlb.json("[{'joints':[" + joint + "]}]")));
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 1_100})
  void a_joint_may_be_nested_1000_deep(int depth) throws IOException {
    StringBuilder nodes = new StringBuilder("[{'mesh':0,'skin':0}");
    for (int i = 1; i <= depth; i++) {
      nodes.append(i == depth ? ",{}" : ",{'children':[" + (i + 1) + "]}");
    }
    byte[] file = withJoint(nodes.append(']').toString(), depth);
    if (depth < 1_000) {
      assertThat(ModelFormatTest.read(file).faceCount()).isEqualTo(12);
    } else {
      assertRefused(file, InvalidModelFileException.Fault.DAMAGED);
    }
  }

  @Test
  void a_joint_that_contains_itself_is_refused() {
    assertRefused(
        withJoint("[{'mesh':0,'skin':0},{'children':[2]},{'children':[1]}]", 1),
        InvalidModelFileException.Fault.DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001})
  void a_primitive_may_have_1000_morph_targets(int count) throws IOException {
    TestGlb glb = new TestGlb();
    int zeros = glb.accessor(zeros(5126, "VEC3", 8));
    String target = "{'POSITION':" + zeros + "},";
    String targets = "[" + target.repeat(count).replaceAll(",$", "") + "]";
    String weights = "{'weights':[" + "0,".repeat(count) + "1]}";
    glb.mesh(
        Json.createObjectBuilder(TestGlb.json(weights).asJsonObject()),
        Json.createObjectBuilder(glb.cubeOf(-1)).add("targets", TestGlb.json(targets)).build());
    byte[] file = glb.file("[{'mesh':0}]");
    if (count <= 1_000) {
      assertThat(ModelFormatTest.read(file).faceCount()).isEqualTo(12);
    } else {
      assertRefused(file, InvalidModelFileException.Fault.DAMAGED);
    }
  }

  @Test
  void json_of_very_many_values_is_refused() {
    assertRefused(
        glb("{\"extras\":[" + "0,".repeat(2_000_000) + "0]}"),
        InvalidModelFileException.Fault.DAMAGED);
  }

  /** Creates an accessor without a view, whose elements are zeros. */
  private static JsonObjectBuilder zeros(int componentType, String shape, int count) {
    return Json.createObjectBuilder()
        .add("componentType", componentType)
        .add("type", shape)
        .add("count", count);
  }

  @Test
  void nodes_that_contain_themselves_are_refused() {
    TestGlb glb = new TestGlb();
    glb.cube();
    assertRefused(glb.file("[{'children':[0],'mesh':0}]"), InvalidModelFileException.Fault.DAMAGED);
    assertRefused(
        glb.file("[{'children':[1,1]},{'children':[0,0]}]"),
        InvalidModelFileException.Fault.DAMAGED);
  }

  @Test
  void a_mesh_in_more_places_than_there_is_memory_for_is_refused() {
    TestGlb glb = new TestGlb();
    int cube = glb.cube();
    StringBuilder nodes = new StringBuilder("[{'children':[1,1,1,1,1,1,1,1,1,1]}");
    for (int level = 2; level <= 6; level++) {
      nodes.append(
          ",{'children':[" + (level + "," + level + ",").repeat(5).replaceAll(",$", "") + "]}");
    }
    nodes.append(",{'mesh':" + cube + "}]"); // 1,000,000 cubes
    assertRefused(glb.file(nodes.toString()), InvalidModelFileException.Fault.TOO_MANY_NODES);
    TestGlb many = new TestGlb();
    many.cube();
    byte[] instances =
        many.file(
            "[{'mesh':0,'extensions':{'EXT_mesh_gpu_instancing':{'attributes':{'TRANSLATION':2}}}}]",
            none ->
                Json.createObjectBuilder()
                    .add(
                        "accessors",
                        TestGlb.json(
                            "[{'bufferView':0,'componentType':5126,'type':'VEC3','count':8},"
                                + "{'bufferView':1,'componentType':5123,'type':'SCALAR','count':36},"
                                + "{'componentType':5126,'type':'VEC3','count':1900000}]")));
    assertRefused(instances, InvalidModelFileException.Fault.TOO_MANY_FACES);
  }

  private static void assertRefused(
      byte[] glb, InvalidModelFileException.Fault fault, Object... arguments) {
    assertThatThrownBy(() -> ModelFormatTest.read(glb))
        .isInstanceOfSatisfying(
            InvalidModelFileException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              if (arguments.length > 0) {
                assertThat(e.arguments()).containsExactly(arguments);
              }
            });
  }

  @Test
  @Tag("slow")
  void every_damaged_file_is_read_or_refused() throws Exception {
    byte[] sound = ModelFormatTest.providers();
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] broken = sound.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(5) == 0) {
        broken = Arrays.copyOf(broken, random.nextInt(broken.length));
      }
      try {
        Surface surface = ModelFormatTest.read(broken);
        for (ModelFormat format : ModelFormat.values()) {
          format.write(surface, "model", java.io.OutputStream.nullOutputStream());
        }
        if (round % 20 == 0) { // 30 ms, as damage makes models of the largest size
          PrintabilityCheck.of(surface);
        }
      } catch (InvalidModelFileException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 2_999);
  }

  @Test
  void a_broken_texture_is_no_reason_to_refuse_a_format() throws IOException {
    byte[] broken = "RIFF0000WEBPVP8 and so on".getBytes(StandardCharsets.US_ASCII);
    String[] images = {"'bufferView':2", "'bufferView':99", "'uri':'texture.png'", "'uri':'data:'"};
    for (String image : images) {
      TestGlb glb = new TestGlb();
      glb.mesh(
          TestGlb.primitive(
              Json.createObjectBuilder()
                  .add("POSITION", glb.floats("VEC3", 3, TestGlb.CORNERS))
                  .add("TEXCOORD_0", glb.floats("VEC2", 2, new float[16])),
              glb.shorts(TestGlb.CUBE),
              0));
      glb.view(broken);
      String look = "{'baseColorFactor':[1,0,0,1],'baseColorTexture':{'index':0}}";
      Surface surface =
          ModelFormatTest.read(
              glb.file(
                  "[{'mesh':0}]",
                  none ->
                      Json.createObjectBuilder()
                          .add("materials", TestGlb.json("[{'pbrMetallicRoughness':" + look + "}]"))
                          .add(
                              "textures",
                              TestGlb.json("[{'extensions':{'EXT_texture_webp':{'source':0}}}]"))
                          .add("images", TestGlb.json("[{" + image + "}]"))));
      for (ModelFormat format : ModelFormat.values()) {
        format.write(surface, "model", java.io.OutputStream.nullOutputStream());
      }
      assertThat(surface.materials().haveUnreadableTexture()).as(image).isTrue();
      assertThat(colours(surface)).as(image).containsOnlyKeys(0xE00000);
    }
  }
}
