package io.maquette.asset.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.maquette.asset.InvalidModelFileException;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads what providers write, and refuses what it cannot read, whatever it is. */
class GlbReaderTest {

  @Test
  void nodesPutMeshesInTheirPlaces() throws Exception {
    Surface surface = ModelFormatTest.read(ModelFormatTest.providers());
    assertThat(surface.faceCount()).isEqualTo(24);
    assertThat(surface.pointCount()).as("corners without indices meet at points").isEqualTo(16);
    assertThat(surface.extent(0))
        .containsExactly(new float[] {0, 6000}, org.assertj.core.data.Offset.offset(0.01f));
    assertThat(surface.extent(1))
        .containsExactly(new float[] {0, 4000}, org.assertj.core.data.Offset.offset(0.01f));
    assertThat(PrintabilityCheck.of(surface).volume() / 1e9)
        .as("mirrored and turned, it is the right way out")
        .isCloseTo(2 * 4 + 2, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void jsonThatIsCutOffAnywhereOrNestedWithoutEndIsRefused() {
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
  void stripsAndFansAreTriangles() throws Exception {
    TestGlb glb = new TestGlb();
    int square = glb.floats("VEC3", 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0);
    int round = glb.floats("VEC3", 3, 2, 0, 0, 3, 0, 0, 3, 1, 0, 2, 1, 0);
    int strip = glb.mesh(mode(square, TestGlb.STRIP));
    int fan = glb.mesh(mode(round, TestGlb.FAN));
    Surface surface =
        ModelFormatTest.read(
            glb.file("[{'children':[1,2]},{'mesh':" + strip + "},{'mesh':" + fan + "}]"));
    assertThat(surface.faceCount()).isEqualTo(4);
    for (int face = 0; face < 4; face++) {
      assertThat(surface.facing(face)[2]).as("face " + face).isPositive();
    }
  }

  private static jakarta.json.JsonObject mode(int positions, int mode) {
    return Json.createObjectBuilder(
            TestGlb.primitive(Json.createObjectBuilder().add("POSITION", positions), -1, -1))
        .add("mode", mode)
        .build();
  }

  @Test
  void whatCannotBeConvertedIsRefusedByItsName() {
    TestGlb glb = new TestGlb();
    String node = "[{'mesh':" + glb.cube() + "}]";
    byte[] draco =
        glb.file(
            node,
            none ->
                Json.createObjectBuilder()
                    .add(
                        "extensionsRequired",
                        Json.createArrayBuilder().add("KHR_draco_mesh_compression")));
    assertRefused(draco, "it needs KHR_draco_mesh_compression");
    assertRefused(new byte[0], "not a GLB file");
    assertRefused(new byte[100], "not a GLB file");
  }

  @Test
  void nodesInThemselvesAreRefused() {
    TestGlb glb = new TestGlb();
    glb.cube();
    assertRefused(glb.file("[{'children':[0],'mesh':0}]"), "in themselves");
    assertRefused(glb.file("[{'children':[1,1]},{'children':[0,0]}]"), "in themselves");
  }

  @Test
  void moreFacesThanThereIsMemoryForAreRefused() {
    TestGlb glb = new TestGlb();
    int cube = glb.cube();
    StringBuilder nodes = new StringBuilder("[{'children':[1,1,1,1,1,1,1,1,1,1]}");
    for (int level = 2; level <= 5; level++) {
      nodes.append(
          ",{'children':[" + (level + "," + level + ",").repeat(5).replaceAll(",$", "") + "]}");
    }
    nodes.append(",{'mesh':" + cube + "}]"); // 100,000 cubes
    assertRefused(glb.file(nodes.toString()), "too many");
  }

  private static void assertRefused(byte[] glb, String why) {
    assertThatThrownBy(() -> ModelFormatTest.read(glb))
        .isInstanceOf(InvalidModelFileException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whateverIsBrokenInAFileItIsReadOrRefused() throws Exception {
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
          format.write(surface, java.io.OutputStream.nullOutputStream());
        }
        PrintabilityCheck.of(surface);
      } catch (InvalidModelFileException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 2_999);
  }

  @Test
  void textureThatCannotBeReadHereIsNoReasonToRefuseStl() throws IOException {
    TestGlb glb = new TestGlb();
    int picture =
        glb.view("RIFF0000WEBPVP8 and so on".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    int places = glb.floats("VEC2", 2, new float[16]);
    int positions = glb.floats("VEC3", 3, TestGlb.CORNERS);
    int mesh =
        glb.mesh(
            TestGlb.primitive(
                Json.createObjectBuilder().add("POSITION", positions).add("TEXCOORD_0", places),
                glb.shorts(TestGlb.CUBE),
                0));
    Surface surface =
        ModelFormatTest.read(
            glb.file(
                "[{'mesh':" + mesh + "}]",
                none ->
                    Json.createObjectBuilder()
                        .add(
                            "materials",
                            TestGlb.json(
                                "[{'pbrMetallicRoughness':{'baseColorTexture':{'index':0}}}]"))
                        .add(
                            "textures",
                            TestGlb.json("[{'extensions':{'EXT_texture_webp':{'source':0}}}]"))
                        .add("images", TestGlb.json("[{'bufferView':" + picture + "}]"))));
    ModelFormat.STL.write(surface, java.io.OutputStream.nullOutputStream());
    assertThatThrownBy(
            () -> ModelFormat.THREE_MF.write(surface, java.io.OutputStream.nullOutputStream()))
        .isInstanceOf(InvalidModelFileException.class)
        .hasMessageContaining("WEBP texture");
  }
}
