package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.mesh.colour.FilamentColours;
import jakarta.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Test of the colours in painted 3MF, PLY, OBJ and USDZ. */
class ColouredFormatsTest {

  private static final byte[] NO_THUMBNAIL = {};

  /** Creates a cube of 1 metre whose triangles have the colours of a material each. */
  static byte[] cubeOf(int... colours) throws IOException {
    TestGlb glb = new TestGlb();
    List<jakarta.json.JsonObject> primitives = new ArrayList<>();
    StringBuilder materials = new StringBuilder("[");
    for (int face = 0; face < 12; face++) {
      float[] corners = new float[9];
      System.arraycopy(TestGlb.loose(), 9 * face, corners, 0, 9);
      primitives.add(
          TestGlb.primitive(
              Json.createObjectBuilder().add("POSITION", glb.floats("VEC3", 3, corners)),
              -1,
              face));
      int colour = colours[face % colours.length];
      materials
          .append(face == 0 ? "" : ",")
          .append("{'pbrMetallicRoughness':{'baseColorFactor':[")
          .append(Material.linear(colour >> 16 & 255))
          .append(',')
          .append(Material.linear(colour >> 8 & 255))
          .append(',')
          .append(Material.linear(colour & 255))
          .append(",1]}}");
    }
    glb.mesh(primitives.toArray(new jakarta.json.JsonObject[0]));
    return glb.file(
        "[{'mesh':0}]",
        none ->
            Json.createObjectBuilder().add("materials", TestGlb.json(materials.append("]") + "")));
  }

  private static Map<String, byte[]> unzipped(byte[] file) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] written(Surface surface, ModelFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(surface, "model", out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> painted(Surface surface, int colours, byte[] thumbnail)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ThreeMfWriter.write(
        surface,
        FilamentColours.of(FaceColours.of(surface), FilamentChoice.of(colours)),
        thumbnail,
        out);
    return unzipped(out.toByteArray());
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Test
  void each_triangle_is_painted_with_its_filament_for_all_slicers() throws IOException {
    Surface surface =
        ModelFormatTest.read(cubeOf(0xFF0000, 0xFF0000, 0xFF0000, 0xFF0000, 0x00FF00, 0x0000FF));
    String xml = text(painted(surface, 4, NO_THUMBNAIL).get("3D/3dmodel.model"));
    assertThat(all("m:color color=\"#\\w+\"", xml))
        .containsExactly(
            "m:color color=\"#FF0000FF\"",
            "m:color color=\"#00FF00FF\"",
            "m:color color=\"#0000FFFF\"");
    List<String> triangles = all("<triangle [^>]+>", xml);
    assertThat(triangles).hasSize(12);
    String[] states = {"4", "8", "0C"};
    for (int face = 0; face < 12; face++) {
      int filament = Math.max(0, face % 6 - 3);
      assertThat(triangles.get(face))
          .contains(" p1=\"" + filament + "\"")
          .contains(" slic3rpe:mmu_segmentation=\"" + states[filament] + "\"")
          .contains(" paint_color=\"" + states[filament] + "\"");
    }
    assertThat(xml)
        .contains("xmlns:slic3rpe=\"http://schemas.slic3r.org/3mf/2017/06\"")
        .contains("Filaments: 1 #FF0000, 2 #00FF00, 3 #0000FF");
  }

  @Test
  void sixteen_filaments_have_the_values_of_slicers() throws IOException {
    TestGlb glb = new TestGlb();
    StringBuilder materials = new StringBuilder("[");
    List<jakarta.json.JsonObject> primitives = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      primitives.add(
          TestGlb.primitive(
              Json.createObjectBuilder()
                  .add("POSITION", glb.floats("VEC3", 3, i, 0, 0, i + 0.9f, 0, 0, i, 1 + i, 0)),
              -1,
              i));
      materials.append(i == 0 ? "" : ",");
      materials.append("{'pbrMetallicRoughness':{'baseColorFactor':[");
      int row = i / 4;
      materials.append((i % 4) / 3.0).append(',').append(row / 3.0).append(",0.5,1]}}");
    }
    glb.mesh(primitives.toArray(new jakarta.json.JsonObject[0]));
    Surface surface =
        ModelFormatTest.read(
            glb.file(
                "[{'mesh':0}]",
                none ->
                    Json.createObjectBuilder()
                        .add("materials", TestGlb.json(materials.append("]").toString()))));
    String xml = text(painted(surface, 16, NO_THUMBNAIL).get("3D/3dmodel.model"));
    Set<String> states = new TreeSet<>(all("(?<=paint_color=\")\\w+", xml));
    assertThat(states)
        .containsExactly(
            "0C", "1C", "2C", "3C", "4", "4C", "5C", "6C", "7C", "8", "8C", "9C", "AC", "BC", "CC",
            "DC");
  }

  @Test
  void a_thumbnail_is_listed_with_its_type() throws IOException {
    Surface surface = ModelFormatTest.read(cubeOf(0xFF0000));
    byte[] png = {1, 2, 3};
    Map<String, byte[]> files = painted(surface, 1, png);
    assertThat(files.keySet())
        .containsExactly(
            "[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model", "Metadata/thumbnail.png");
    assertThat(files.get("Metadata/thumbnail.png")).isEqualTo(png);
    assertThat(text(files.get("[Content_Types].xml"))).contains("Extension=\"png\"");
    assertThat(text(files.get("_rels/.rels")))
        .contains("Target=\"/Metadata/thumbnail.png\"")
        .contains("relationships/metadata/thumbnail\"");
    Map<String, byte[]> without = painted(surface, 1, NO_THUMBNAIL);
    assertThat(without).hasSize(3);
    assertThat(text(without.get("[Content_Types].xml"))).doesNotContain("png");
  }

  @Test
  void the_plain_3mf_has_no_painting() throws IOException {
    Surface surface = ModelFormatTest.read(cubeOf(0xFF0000, 0x00FF00));
    Map<String, byte[]> files = unzipped(written(surface, ModelFormat.THREE_MF));
    assertThat(files).hasSize(3);
    assertThat(text(files.get("3D/3dmodel.model")))
        .doesNotContain("paint_color")
        .doesNotContain("slic3rpe")
        .contains("p3=\"1\"");
  }

  @Test
  void a_triangle_has_a_colour_of_its_texture_and_no_mixture() throws IOException {
    Surface surface = ModelFormatTest.read(ModelFormatTest.providers());
    List<Integer> colours = new ArrayList<>();
    for (int colour : FaceColours.of(surface).colours()) {
      colours.add(colour);
    }
    assertThat(colours).hasSize(24).isSubsetOf(0xFF0000, 0x0000FF, 0x000000, 0x00FF00);
  }

  @Test
  void each_triangle_of_a_closed_surface_has_three_neighbours_that_know_it() throws IOException {
    Surface surface = ModelFormatTest.read(cubeOf(0xFF0000, 0x00FF00));
    int[] neighbours = FaceColours.of(surface).neighbours();
    for (int edge = 0; edge < neighbours.length; edge++) {
      assertThat(neighbours[edge]).isNotEqualTo(edge / 3).isBetween(0, 11);
      int other = 3 * neighbours[edge];
      assertThat(new int[] {neighbours[other], neighbours[other + 1], neighbours[other + 2]})
          .contains(edge / 3);
    }
  }

  @Test
  void ply_has_hard_borders_between_colours_and_shared_vertices_within_one() throws IOException {
    assertThat(vertexCount(cubeOf(0xFF0000))).isEqualTo(8);
    assertThat(vertexCount(cubeOf(0xFF0000, 0xF80808))).as("alike").isEqualTo(8);
    byte[] ply = written(ModelFormatTest.read(cubeOf(0xFF0000, 0x00FF00)), ModelFormat.PLY);
    String latin = new String(ply, StandardCharsets.ISO_8859_1);
    int begin = latin.indexOf("end_header\n") + 11;
    int vertices = Integer.parseInt(all("(?<=element vertex )\\d+", latin).get(0));
    assertThat(vertices).isGreaterThan(8);
    ByteBuffer bytes = ByteBuffer.wrap(ply).order(ByteOrder.LITTLE_ENDIAN);
    Set<Integer> colours = new TreeSet<>();
    for (int vertex = 0; vertex < vertices; vertex++) {
      int at = begin + 15 * vertex;
      assertThat(bytes.getFloat(at + 8)).isIn(0f, 1000f);
      colours.add(
          ((bytes.get(at + 12) & 255) << 16)
              | ((bytes.get(at + 13) & 255) << 8)
              | (bytes.get(at + 14) & 255));
    }
    assertThat(colours).containsExactly(0x00FF00, 0xFF0000);
    assertThat(ply).hasSize(begin + 15 * vertices + 13 * 12);
  }

  private static int vertexCount(byte[] glb) throws IOException {
    String ply =
        new String(
            written(ModelFormatTest.read(glb), ModelFormat.PLY), StandardCharsets.ISO_8859_1);
    return Integer.parseInt(all("(?<=element vertex )\\d+", ply).get(0));
  }

  @Test
  void obj_has_a_second_file_with_the_colours_of_materials_at_its_vertices() throws IOException {
    Map<String, byte[]> files =
        unzipped(written(ModelFormatTest.read(cubeOf(0xFF0000)), ModelFormat.OBJ));
    assertThat(files).containsKeys("model.obj", "model.mtl");
    String coloured = text(files.get("model-vertex-colours.obj"));
    assertThat(all("(?m)^v .*", coloured))
        .hasSize(8)
        .allSatisfy(line -> assertThat(line).endsWith(" 1.0 0.0 0.0"));
    assertThat(all("(?m)^f \\d+ \\d+ \\d+$", coloured)).hasSize(12);
    TestGlb plain = new TestGlb();
    plain.cube();
    assertThat(unzipped(written(ModelFormatTest.read(plain.file("[{'mesh':0}]")), ModelFormat.OBJ)))
        .as("without colours")
        .doesNotContainKey("model-vertex-colours.obj");
  }

  @Test
  void files_in_usdz_are_stored_at_multiples_of_64_bytes() throws IOException {
    byte[] usdz = written(ModelFormatTest.read(ModelFormatTest.providers()), ModelFormat.USDZ);
    ByteBuffer zip = ByteBuffer.wrap(usdz).order(ByteOrder.LITTLE_ENDIAN);
    List<String> names = new ArrayList<>();
    int at = 0;
    while (zip.getInt(at) == 0x04034B50) {
      assertThat(zip.getShort(at + 6) & 9).as("encrypted or with a data descriptor").isZero();
      assertThat(zip.getShort(at + 8)).as("stored").isZero();
      int name = zip.getShort(at + 26);
      int begin = at + 30 + name + zip.getShort(at + 28);
      assertThat(begin % 64).isZero();
      names.add(new String(usdz, at + 30, name, StandardCharsets.US_ASCII));
      at = begin + zip.getInt(at + 18);
    }
    assertThat(names).containsExactly("model.usda", "textures/colours.png", "textures/0.png");
    assertThat(unzipped(usdz).keySet()).containsExactlyElementsOf(names);
  }

  @Test
  void usdz_is_in_metres_and_stands_with_its_middle_on_the_origin() throws IOException {
    Surface surface = ModelFormatTest.read(cubeOf(0xFF0000, 0x00FF00));
    Map<String, byte[]> files = unzipped(written(surface, ModelFormat.USDZ));
    String layer = text(files.get("model.usda"));
    assertThat(layer)
        .contains("defaultPrim = \"Root\"", "metersPerUnit = 1", "upAxis = \"Y\"")
        .contains("float3[] extent = [(-0.5,0,-0.5),(0.5,1,0.5)]")
        .contains("asset inputs:file = @textures/colours.png@");
    assertThat(all("(?<=faceVertexIndices = \\[).*(?=\\])", layer).get(0).split(",", -1))
        .hasSize(36);
    BufferedImage atlas = ImageIO.read(new ByteArrayInputStream(files.get("textures/colours.png")));
    String[] places =
        all("(?<=primvars:st = \\[\\().*(?=\\)\\])", layer).get(0).split("\\),\\(", -1);
    String[] squares = all("(?<=st:indices = \\[).*(?=\\])", layer).get(0).split(",", -1);
    assertThat(squares).hasSize(36);
    for (int corner = 0; corner < 36; corner++) {
      assertThat(pixel(atlas, places[Integer.parseInt(squares[corner])]))
          .as("corner %d", corner)
          .isEqualTo(corner / 3 % 2 == 0 ? 0xFF0000 : 0x00FF00);
    }
  }

  /** Returns the colour at texture coordinates of USD, which count from the lower left. */
  private static int pixel(BufferedImage atlas, String place) {
    String[] coordinates = place.split(",", -1);
    int x = (int) (Double.parseDouble(coordinates[0]) * atlas.getWidth());
    int y = (int) ((1 - Double.parseDouble(coordinates[1])) * atlas.getHeight());
    return atlas.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void usdz_has_the_texture_of_the_model_with_its_coordinates() throws IOException {
    Surface surface = ModelFormatTest.read(ModelFormatTest.providers());
    Map<String, byte[]> files = unzipped(written(surface, ModelFormat.USDZ));
    assertThat(ImageIO.read(new ByteArrayInputStream(files.get("textures/0.png"))).getRGB(0, 0))
        .isEqualTo(0xFFFF0000);
    String layer = text(files.get("model.usda"));
    assertThat(layer).contains("asset inputs:file = @textures/0.png@").contains("(0.25,0.75)");
    String extent = all("(?<=extent = \\[\\().*(?=\\)\\])", layer).get(0);
    String[] bounds = extent.split("\\),\\(|,", -1);
    assertThat(Double.parseDouble(bounds[3]) - Double.parseDouble(bounds[0]))
        .as("width of the textured box in metres")
        .isCloseTo(2, within(0.000_01));
  }

  @Test
  void a_glb_shows_each_triangle_in_the_colour_of_its_filament() throws IOException {
    Surface surface =
        ModelFormatTest.read(cubeOf(0xFF0000, 0xF00808, 0xFF0000, 0x00FF00, 0x0000FF, 0x0000FF));
    FilamentColours filaments =
        FilamentColours.of(
            FaceColours.of(surface), new FilamentChoice(4, List.of(0x123456, 0xE01010)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PaintedGlbWriter.write(surface, filaments, out);
    Surface shown = ModelFormatTest.read(out.toByteArray());
    assertThat(shown.faceCount()).isEqualTo(12);
    assertThat(shown.pointCount()).as("the surface stays closed").isEqualTo(8);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(shown.extent(axis)).containsExactly(surface.extent(axis), within(0.01f));
    }
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    for (int colour : FaceColours.of(shown).colours()) {
      counts.merge(colour, 1, Integer::sum);
    }
    assertThat(counts)
        .as("an unused filament has no triangles")
        .containsExactlyInAnyOrderEntriesOf(Map.of(0xE01010, 6, 0x00FF00, 2, 0x0000FF, 4));
  }
}
