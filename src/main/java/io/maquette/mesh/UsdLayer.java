package io.maquette.mesh;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Text layer of a USDZ file: a mesh and a material for each look, in metres, Y up. The model stands
 * on the origin with its middle. Vertex colours on a texture are left out, as Quick Look does not
 * show them.
 */
final class UsdLayer {

  private static final String BEGINNING =
      """
      #usda 1.0
      (
          defaultPrim = "Root"
          metersPerUnit = 1
          upAxis = "Y"
      )
      def Xform "Root" (kind = "component")
      {
      """;

  private static final double METRE = 1_000;

  /** Numbers are written with six decimals: micrometres. */
  private static final long DECIMALS = 1_000_000;

  /** Larger numbers are written as Java does it, because the decimals would overflow. */
  private static final double LARGE = 1e9;

  private final Surface surface;
  private final Atlas atlas;
  private final Map<TexturePicture, String> pictures;
  private final double[] origin = new double[3];

  /**
   * Look of some parts.
   *
   * @param texture null if the colours are in the atlas
   * @param colour 0xRRGGBB, multiplied with the texture
   * @param opacity 0 to 1
   */
  record Look(Texture texture, int colour, double opacity) {}

  /** Range of triangles, from the first to the one behind the last. */
  record Faces(int begin, int end) {}

  /**
   * Texture with a square for each colour.
   *
   * @param file its name in the archive
   * @param squares number of squares along a side
   * @param squareOfFace index of each triangle's square, row by row from the top left
   */
  @SuppressWarnings("ArrayRecordComponent") // created once, read once
  record Atlas(String file, int squares, int[] squareOfFace) {}

  /**
   * Creates a layer.
   *
   * @param pictures name in the archive of each texture's picture
   */
  UsdLayer(Surface surface, Atlas atlas, Map<TexturePicture, String> pictures) {
    this.surface = surface;
    this.atlas = atlas;
    this.pictures = pictures;
    for (int axis = 0; axis < 3; axis++) {
      float[] extent = surface.extent(axis);
      origin[axis] = axis == 1 ? extent[0] : ((double) extent[0] + extent[1]) / 2;
    }
  }

  /** Writes the layer; the same text each time. */
  void write(Map<Look, List<Faces>> parts, Writer text) throws IOException {
    text.write(BEGINNING);
    int[] vertexOfCorner = new int[surface.cornerCount()];
    Arrays.fill(vertexOfCorner, -1);
    int number = 0;
    for (Map.Entry<Look, List<Faces>> part : parts.entrySet()) {
      writeMesh(number++, part.getKey(), part.getValue(), vertexOfCorner, text);
    }
    text.write("    def Scope \"Materials\"\n    {\n");
    number = 0;
    for (Look look : parts.keySet()) {
      writeMaterial(number++, look, text);
    }
    text.write("    }\n}\n");
  }

  private void writeMesh(
      int number, Look look, List<Faces> parts, int[] vertexOfCorner, Writer text)
      throws IOException {
    int[] corners = cornersOf(parts);
    int[] vertices = new int[corners.length]; // the corner of each vertex
    int count = 0;
    for (int corner : corners) {
      if (vertexOfCorner[corner] < 0) {
        vertexOfCorner[corner] = count;
        vertices[count++] = corner;
      }
    }
    text.write("    def Mesh \"Mesh" + number + "\" (prepend apiSchemas = ");
    text.write("[\"MaterialBindingAPI\"])\n    {\n        uniform bool doubleSided = 0\n");
    Row row = new Row(text);
    row.begin("float3[] extent");
    writeExtent(vertices, count, row);
    row.end("");
    row.begin("int[] faceVertexCounts");
    for (int i = 0; i < corners.length; i += 3) {
      row.add(3);
    }
    row.end("");
    row.begin("int[] faceVertexIndices");
    for (int corner : corners) {
      row.add(vertexOfCorner[corner]);
    }
    row.end("");
    text.write("        rel material:binding = </Root/Materials/Material" + number + ">\n");
    if (surface.normals() != null) {
      row.begin("normal3f[] normals");
      for (int vertex = 0; vertex < count; vertex++) {
        int at = 3 * vertices[vertex];
        float[] normals = surface.normals();
        row.add(normals[at], normals[at + 1], normals[at + 2]);
      }
      row.end(" (interpolation = \"vertex\")");
    }
    row.begin("point3f[] points");
    for (int vertex = 0; vertex < count; vertex++) {
      int corner = vertices[vertex];
      row.add(metres(corner, 0), metres(corner, 1), metres(corner, 2));
    }
    row.end("");
    if (look.texture() == null) {
      writeSquares(parts, row);
    } else {
      row.begin("texCoord2f[] primvars:st");
      for (int vertex = 0; vertex < count; vertex++) {
        int at = 2 * vertices[vertex];
        row.add(surface.places()[at], 1.0 - surface.places()[at + 1]);
      }
      row.end(" (interpolation = \"vertex\")");
    }
    text.write("        uniform token subdivisionScheme = \"none\"\n    }\n");
    for (int corner : corners) {
      vertexOfCorner[corner] = -1; // for the next mesh
    }
  }

  private int[] cornersOf(List<Faces> parts) {
    int[] corners = new int[3 * parts.stream().mapToInt(part -> part.end() - part.begin()).sum()];
    int at = 0;
    for (Faces part : parts) {
      int length = 3 * (part.end() - part.begin());
      System.arraycopy(surface.corners(), 3 * part.begin(), corners, at, length);
      at += length;
    }
    return corners;
  }

  private double metres(int corner, int axis) {
    return (surface.positions()[3 * corner + axis] - origin[axis]) / METRE;
  }

  private void writeExtent(int[] vertices, int count, Row row) throws IOException {
    double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] most = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int vertex = 0; vertex < count; vertex++) {
      for (int axis = 0; axis < 3; axis++) {
        least[axis] = Math.min(least[axis], metres(vertices[vertex], axis));
        most[axis] = Math.max(most[axis], metres(vertices[vertex], axis));
      }
    }
    row.add(least);
    row.add(most);
  }

  /** Writes the centres of all squares, and for each corner of each triangle its square. */
  private void writeSquares(List<Faces> parts, Row row) throws IOException {
    int squares = atlas.squares();
    row.begin("texCoord2f[] primvars:st");
    for (int i = 0; i < squares * squares; i++) {
      int line = i / squares;
      row.add((i % squares + 0.5) / squares, 1 - (line + 0.5) / squares);
    }
    row.end(" (interpolation = \"faceVarying\")");
    row.begin("int[] primvars:st:indices");
    for (Faces part : parts) {
      for (int face = part.begin(); face < part.end(); face++) {
        for (int side = 0; side < 3; side++) {
          row.add(atlas.squareOfFace()[face]);
        }
      }
    }
    row.end("");
  }

  private void writeMaterial(int number, Look look, Writer text) throws IOException {
    Texture texture = look.texture();
    text.write(
        String.format(
            Locale.ROOT,
            """
                    def Material "Material%1$d"
                    {
                        token outputs:surface.connect = \
            </Root/Materials/Material%1$d/Surface.outputs:surface>

                        def Shader "Surface"
                        {
                            uniform token info:id = "UsdPreviewSurface"
                            color3f inputs:diffuseColor.connect = \
            </Root/Materials/Material%1$d/Texture.outputs:rgb>

                            float inputs:opacity = %2$s
                            float inputs:roughness = 0.8
                            float inputs:metallic = 0
                            int inputs:useSpecularWorkflow = 0
                            token outputs:surface
                        }

                        def Shader "Reader"
                        {
                            uniform token info:id = "UsdPrimvarReader_float2"
                            string inputs:varname = "st"
                            float2 outputs:result
                        }

                        def Shader "Texture"
                        {
                            uniform token info:id = "UsdUVTexture"
                            asset inputs:file = @%3$s@
                            float2 inputs:st.connect = \
            </Root/Materials/Material%1$d/Reader.outputs:result>

                            float4 inputs:scale = (%4$s, 1)
                            token inputs:sourceColorSpace = "sRGB"
                            token inputs:wrapS = "%5$s"
                            token inputs:wrapT = "%6$s"
                            float3 outputs:rgb
                        }
                    }
            """,
            number,
            decimal(look.opacity()),
            texture == null ? atlas.file() : pictures.get(texture.picture()),
            light(look.colour() >> 16)
                + ", "
                + light(look.colour() >> 8)
                + ", "
                + light(look.colour()),
            texture == null ? "clamp" : wrap(texture.horizontal()),
            texture == null ? "clamp" : wrap(texture.vertical())));
  }

  private static String light(int channel) {
    return decimal(Material.linear(channel & 255));
  }

  private static String wrap(int mode) {
    return switch (mode) {
      case Texture.CLAMP -> "clamp";
      case Texture.MIRROR -> "mirror";
      default -> "repeat";
    };
  }

  /** Returns a number with up to six decimals. */
  private static String decimal(double value) {
    if (!(Math.abs(value) < LARGE)) {
      return Double.isFinite(value) ? Double.toString(value) : "0";
    }
    long units = Math.round(Math.abs(value) * DECIMALS);
    StringBuilder digits = new StringBuilder(value < 0 && units > 0 ? "-" : "");
    digits.append(units / DECIMALS);
    long rest = units % DECIMALS;
    if (rest > 0) {
      digits.append('.');
      for (long unit = DECIMALS / 10; rest > 0; unit /= 10) {
        digits.append((char) ('0' + rest / unit));
        rest %= unit;
      }
    }
    return digits.toString();
  }

  /** Property with an array as its value. */
  private static final class Row {

    private final Writer text;
    private boolean isEmpty;

    private Row(Writer text) {
      this.text = text;
    }

    private void begin(String property) throws IOException {
      text.write("        " + property + " = [");
      isEmpty = true;
    }

    private void add(int value) throws IOException {
      separate();
      text.write(Integer.toString(value));
    }

    private void add(double... values) throws IOException {
      separate();
      char before = '(';
      for (double value : values) {
        text.write(before);
        text.write(decimal(value));
        before = ',';
      }
      text.write(')');
    }

    private void separate() throws IOException {
      if (!isEmpty) {
        text.write(',');
      }
      isEmpty = false;
    }

    private void end(String metadata) throws IOException {
      text.write("]" + metadata + "\n");
    }
  }
}
