package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test that every format of every odd file has the same triangles, the correct size and the correct
 * colour.
 */
class OddGlbTest {

  private static final int FACES = 12;
  private static final double VOLUME = 20 * 30 * 10;

  /** Mesh in an exported format: triangles, Z up. */
  private record Solid(List<double[]> corners) {
    int faces() {
      return corners.size() / 3;
    }

    double[] size() {
      double[] size = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        int along = axis;
        size[axis] =
            corners.stream().mapToDouble(corner -> corner[along]).max().orElseThrow()
                - corners.stream().mapToDouble(corner -> corner[along]).min().orElseThrow();
      }
      return size;
    }

    /** Returns the volume; positive if counter-clockwise faces point outwards. */
    double volume() {
      double sixfold = 0;
      for (int at = 0; at < corners.size(); at += 3) {
        double[] a = corners.get(at);
        double[] b = corners.get(at + 1);
        double[] c = corners.get(at + 2);
        sixfold +=
            a[0] * (b[1] * c[2] - b[2] * c[1])
                + a[1] * (b[2] * c[0] - b[0] * c[2])
                + a[2] * (b[0] * c[1] - b[1] * c[0]);
      }
      return sixfold / 6;
    }
  }

  static List<OddGlbs.Case> cases() throws IOException {
    return OddGlbs.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void all_formats_agree_on_shape_size_and_colour(OddGlbs.Case odd) throws IOException {
    Surface surface = GlbReader.read(new ByteArrayInputStream(odd.glb()));
    assertIsBox(stl(written(surface, ModelFormat.STL)), odd, "STL");
    Map<String, byte[]> threeMf = unzipped(written(surface, ModelFormat.THREE_MF));
    String xml = new String(threeMf.get("3D/3dmodel.model"), StandardCharsets.UTF_8);
    assertIsBox(threeMf(xml), odd, "3MF");
    assertThat(coloursOf(xml)).as("3MF").allSatisfy(colour -> assertNear(colour, odd.colour()));
    Map<String, byte[]> obj = unzipped(written(surface, ModelFormat.OBJ));
    String text = new String(obj.get("box.obj"), StandardCharsets.UTF_8);
    assertIsBox(obj(text), odd, "OBJ");
    assertThat(objColours(text, obj))
        .as("OBJ")
        .isNotEmpty()
        .allSatisfy(colour -> assertNear(colour, odd.colour()));
    assertThat(surface.materials().haveUnreadableTexture()).isFalse();
  }

  private static void assertIsBox(Solid solid, OddGlbs.Case odd, String format) {
    assertThat(solid.faces()).as(format).isEqualTo(FACES * odd.boxes());
    double width = 20 + 40 * (odd.boxes() - 1);
    double[] size = {width, 10, 30};
    assertThat(solid.size()).as(format).containsExactly(size, within(0.02));
    assertThat(solid.volume()).as(format).isCloseTo(VOLUME * odd.boxes(), within(10.0));
  }

  private static void assertNear(int colour, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(colour >> shift & 255)
          .as("%06X", colour)
          .isCloseTo(expected >> shift & 255, within(1));
    }
  }

  private static byte[] written(Surface surface, ModelFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(surface, "box", out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> unzipped(byte[] file) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static Solid stl(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<double[]> corners = new ArrayList<>();
    for (int face = 0; face < bytes.getInt(80); face++) {
      for (int side = 0; side < 3; side++) {
        int at = 84 + 50 * face + 12 + 12 * side;
        corners.add(
            new double[] {bytes.getFloat(at), bytes.getFloat(at + 4), bytes.getFloat(at + 8)});
      }
    }
    return new Solid(corners);
  }

  private static Solid threeMf(String xml) {
    List<double[]> points = new ArrayList<>();
    Matcher vertex = Pattern.compile("<vertex x=\"(.*?)\" y=\"(.*?)\" z=\"(.*?)\"/>").matcher(xml);
    while (vertex.find()) {
      points.add(numbers(vertex));
    }
    List<double[]> corners = new ArrayList<>();
    Matcher face =
        Pattern.compile("<triangle v1=\"(\\d+)\" v2=\"(\\d+)\" v3=\"(\\d+)\"").matcher(xml);
    while (face.find()) {
      for (int side = 1; side <= 3; side++) {
        corners.add(points.get(Integer.parseInt(face.group(side))));
      }
    }
    return new Solid(corners);
  }

  private static double[] numbers(Matcher three) {
    return new double[] {
      Double.parseDouble(three.group(1)),
      Double.parseDouble(three.group(2)),
      Double.parseDouble(three.group(3))
    };
  }

  private static List<Integer> coloursOf(String xml) {
    List<Integer> colours = new ArrayList<>();
    Matcher colour = Pattern.compile("<m:color color=\"#(\\w{6})FF\"/>").matcher(xml);
    while (colour.find()) {
      colours.add(Integer.parseInt(colour.group(1), 16));
    }
    assertThat(colours).isNotEmpty();
    return colours;
  }

  private static Solid obj(String text) {
    boolean isYUp = text.contains("Y up");
    List<double[]> points = new ArrayList<>();
    Matcher vertex = Pattern.compile("(?m)^v (\\S+) (\\S+) (\\S+)").matcher(text);
    while (vertex.find()) {
      double[] at = numbers(vertex);
      points.add(isYUp ? new double[] {at[0], -at[2], at[1]} : at);
    }
    List<double[]> corners = new ArrayList<>();
    for (String line : text.lines().filter(one -> one.startsWith("f ")).toList()) {
      for (String part : line.substring(2).split(" ", 3)) {
        corners.add(points.get(Integer.parseInt(part.split("/", 2)[0]) - 1));
      }
    }
    return new Solid(corners);
  }

  /**
   * Returns the colours of an OBJ with one material: of the material, its texture at the corners,
   * its vertices.
   */
  private static Set<Integer> objColours(String text, Map<String, byte[]> files)
      throws IOException {
    String mtl = new String(files.get("box.mtl"), StandardCharsets.UTF_8);
    Matcher diffuse = Pattern.compile("(?m)^Kd (\\S+) (\\S+) (\\S+)").matcher(mtl);
    Matcher map = Pattern.compile("(?m)^map_Kd (-clamp on )?(\\S+\\.(?:png|jpg))$").matcher(mtl);
    boolean hasMap = map.find();
    assertThat(mtl.contains("map_Kd")).isEqualTo(hasMap);
    var picture = hasMap ? ImageIO.read(new ByteArrayInputStream(files.get(map.group(2)))) : null;
    Set<Integer> colours = new TreeSet<>();
    while (diffuse.find()) {
      int of = rgb(numbers(diffuse));
      if (hasMap) {
        Matcher place = Pattern.compile("(?m)^vt (\\S+) (\\S+)").matcher(text);
        while (place.find()) {
          double u = Double.parseDouble(place.group(1));
          u = map.group(1) == null ? u - Math.floor(u) : Math.max(0, Math.min(0.999, u));
          colours.add(
              Material.times(of, picture.getRGB((int) (u * picture.getWidth()), 0) & 0xFFFFFF));
        }
      } else {
        Matcher vertex =
            Pattern.compile("(?m)^v \\S+ \\S+ \\S+ (\\S+) (\\S+) (\\S+)").matcher(text);
        boolean hasColours = false;
        while (vertex.find()) {
          hasColours = true;
          colours.add(Material.times(of, rgb(numbers(vertex))));
        }
        if (!hasColours) {
          colours.add(of);
        }
      }
    }
    return colours;
  }

  private static int rgb(double[] shares) {
    return (int) Math.round(255 * shares[0]) << 16
        | (int) Math.round(255 * shares[1]) << 8
        | (int) Math.round(255 * shares[2]);
  }
}
