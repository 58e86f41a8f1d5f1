package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maquette.Tool;
import io.maquette.studio.LocalSamples;
import jakarta.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test that independent programs read the exported files with the same number of faces and size:
 * Debian's admesh for STL, its assimp for all but USDZ, which it does not know. {@code
 * -Dmodels=200} exports this many models of the studio.
 */
@Tag("slow")
class ModelFormatTest {

  private static final int MODELS = Integer.getInteger("models", 3);

  @TempDir private Path folder;

  static Surface read(byte[] glb) throws IOException {
    return GlbReader.read(new ByteArrayInputStream(glb));
  }

  /**
   * Creates a file like those of providers: two materials, one with a texture, one primitive
   * without indices, and nested nodes with rotation, scale and mirroring. It has 24 faces and
   * measures 2 x 4 x 1 metres, with another cube next to it.
   */
  static byte[] providers() throws IOException {
    TestGlb glb = new TestGlb();
    BufferedImage chequered = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    chequered.setRGB(0, 0, 0xFF0000);
    chequered.setRGB(1, 1, 0x0000FF);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(chequered, "png", png);
    int picture = glb.view(png.toByteArray());
    float[] loose = TestGlb.loose();
    float[] places = new float[loose.length / 3 * 2];
    for (int i = 0; i < places.length / 2; i++) {
      places[2 * i] = i % 2 == 0 ? 0.25f : 0.75f;
      places[2 * i + 1] = i % 2 == 0 ? 0.25f : 0.75f;
    }
    int textured =
        glb.mesh(
            TestGlb.primitive(
                Json.createObjectBuilder()
                    .add("POSITION", glb.floats("VEC3", 3, loose))
                    .add("TEXCOORD_0", glb.floats("VEC2", 2, places)),
                -1,
                0));
    int plain = glb.mesh(glb.cubeOf(1));
    return glb.file(
        "[{'children':[1,2],'scale':[1,2,1]},"
            + "{'mesh':"
            + textured
            + ",'scale':[2,2,1]},"
            + "{'children':[3],'translation':[5,0,0],'rotation':[0,0.70710678,0,0.70710678]},"
            + "{'mesh':"
            + plain
            + ",'scale':[-1,1,1]}]",
        none ->
            Json.createObjectBuilder()
                .add(
                    "materials",
                    TestGlb.json(
                        "[{'pbrMetallicRoughness':{'baseColorTexture':{'index':0}}},"
                            + "{'pbrMetallicRoughness':{'baseColorFactor':[0,1,0,1]}}]"))
                .add("textures", TestGlb.json("[{'source':0}]"))
                .add(
                    "images",
                    TestGlb.json("[{'mimeType':'image/png','bufferView':" + picture + "}]")));
  }

  static Stream<Arguments> models() throws IOException {
    List<String> sentences = LocalSamples.sentences(MODELS);
    return Stream.concat(
        Stream.of(Arguments.of("a provider's", providers())),
        IntStream.range(0, MODELS)
            .mapToObj(
                model -> {
                  String words = sentences.get(model);
                  byte[] picture = LocalSamples.picture(words, model % 4);
                  return Arguments.of(words, LocalSamples.model(picture, model / 4));
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void other_programs_read_every_format_with_the_same_size_and_faces(String name, byte[] glb)
      throws Exception {
    Surface surface = read(glb);
    for (ModelFormat format : EnumSet.complementOf(EnumSet.of(ModelFormat.USDZ))) {
      Path file = written(surface, format);
      String told = run(Tool.ASSIMP, "info", file.toString(), "-r");
      assertThat(number(told, "Faces: +(\\d+)"))
          .as("%s %s", format, told)
          .isEqualTo(surface.faceCount());
      double[] least = point(told, "Minimum point");
      double[] most = point(told, "Maximum point");
      boolean zUp = format != ModelFormat.OBJ;
      for (int axis = 0; axis < 3; axis++) {
        float[] extent = surface.extent(zUp && axis > 0 ? 3 - axis : axis);
        assertThat(most[axis] - least[axis])
            .as("%s, axis %d", format, axis)
            .isCloseTo(extent[1] - extent[0], within(0.01));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void admesh_finds_nothing_to_repair_in_the_stl(String name, byte[] glb) throws Exception {
    Surface surface = read(glb);
    String told = run(Tool.ADMESH, "--no-check", written(surface, ModelFormat.STL).toString());
    assertThat(number(told, "Number of facets +: +(\\d+)")).isEqualTo(surface.faceCount());
    told =
        run(Tool.ADMESH, "--exact", "--reverse-all", written(surface, ModelFormat.STL).toString());
    assertThat(number(told, "Total disconnected facets +: +(\\d+)")).as(told).isZero();
    Printability printability = PrintabilityCheck.of(surface);
    assertThat(printability.shell().closed()).isTrue();
    String volume = run(Tool.ADMESH, "--exact", written(surface, ModelFormat.STL).toString());
    Matcher told1 = Pattern.compile("Volume +: +([-0-9.]+)").matcher(volume);
    assertThat(told1.find()).isTrue();
    assertThat(Double.parseDouble(told1.group(1)))
        .isCloseTo(printability.shell().volume(), within(printability.shell().volume() * 0.001));
  }

  private Path written(Surface surface, ModelFormat format) throws IOException {
    Path file = folder.resolve("model." + format.id());
    try (OutputStream out = Files.newOutputStream(file)) {
      format.write(surface, "model", out);
    }
    if (format != ModelFormat.OBJ) {
      return file;
    }
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(unpacked.resolve(entry.getName()), zip.readAllBytes());
      }
    }
    return unpacked.resolve("model.obj");
  }

  /** Returns the output of a program. */
  private String run(Tool tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool.require().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String told;
    try (InputStream out = process.getInputStream()) {
      told = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  private static long number(String told, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(told);
    assertThat(found.find()).as("%s in %s", pattern, told).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static double[] point(String told, String name) {
    Matcher found =
        Pattern.compile(name + " +\\(([-0-9.e+]+) ([-0-9.e+]+) ([-0-9.e+]+)\\)").matcher(told);
    assertThat(found.find()).as("%s in %s", name, told).isTrue();
    return new double[] {
      Double.parseDouble(found.group(1)),
      Double.parseDouble(found.group(2)),
      Double.parseDouble(found.group(3))
    };
  }

  @Test
  void textures_and_colours_are_converted() throws Exception {
    Surface surface = read(providers());
    Path obj = written(surface, ModelFormat.OBJ);
    assertThat(Files.readString(obj)).contains("mtllib model.mtl").contains("usemtl material-1");
    assertThat(Files.readString(obj.resolveSibling("model.mtl")))
        .contains("map_Kd model-0.png")
        .contains("Kd 0.0 1.0 0.0");
    assertThat(ImageIO.read(obj.resolveSibling("model-0.png").toFile()).getRGB(0, 0))
        .isEqualTo(0xFFFF0000);
    String xml = threeMf(surface);
    assertThat(xml).contains("unit=\"millimeter\"");
    List<String> colours = new ArrayList<>();
    Matcher colour = Pattern.compile("<m:color color=\"(#\\w{8})\"/>").matcher(xml);
    while (colour.find()) {
      colours.add(colour.group(1));
    }
    assertThat(colours).containsExactly("#FF0000FF", "#0000FFFF", "#00FF00FF");
  }

  private static String threeMf(Surface surface) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFormat.THREE_MF.write(surface, "model", out);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      List<String> names = new ArrayList<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        if (entry.getName().equals("3D/3dmodel.model")) {
          assertThat(names).containsExactly("[Content_Types].xml", "_rels/.rels", entry.getName());
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new AssertionError("no model in it");
  }

  @Test
  void the_same_model_gives_the_same_file() throws Exception {
    for (ModelFormat format : ModelFormat.values()) {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      ByteArrayOutputStream other = new ByteArrayOutputStream();
      format.write(read(providers()), "model", one);
      format.write(read(providers()), "model", other);
      assertThat(one.toByteArray()).isEqualTo(other.toByteArray());
    }
  }
}
