package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writer of 3MF (core specification 1.2 with colour groups of the materials extension 1.2), in
 * millimetres, Z up. Triangles share their points, and each corner has a colour.
 */
final class ThreeMfWriter {

  private static final String TYPES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" \
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="model" \
      ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>
      """;
  private static final String RELATIONSHIPS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Target="/3D/3dmodel.model" Id="model" \
      Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>
      """;
  private static final String BEGINNING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <model unit="millimeter" xml:lang="en-US" \
      xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02" \
      xmlns:m="http://schemas.microsoft.com/3dmanufacturing/material/2015/02">
      <metadata name="Application">Maquette</metadata>
      <resources>
      """;

  /** Maximum number of colours in a file; more make slicers slow. */
  private static final int MAX_COLOURS = 1 << 15;

  /** Bits per channel that are kept if there would be more colours. */
  private static final int COLOUR_BITS = 5;

  private ThreeMfWriter() {}

  static void write(Surface surface, OutputStream out) throws IOException {
    Archive archive = new Archive(out);
    archive.begin("[Content_Types].xml").write(TYPES);
    archive.begin("_rels/.rels").write(RELATIONSHIPS);
    writeModel(surface, archive.begin("3D/3dmodel.model"));
    archive.finish();
  }

  private static void writeModel(Surface surface, Writer xml) throws IOException {
    Map<Integer, Integer> colours = new LinkedHashMap<>();
    int[] colourOfCorner = colourOfEachCorner(surface, colours);
    xml.write(BEGINNING);
    xml.write("<m:colorgroup id=\"1\">\n");
    for (int colour : colours.keySet()) {
      xml.write(String.format(Locale.ROOT, "<m:color color=\"#%06XFF\"/>\n", colour));
    }
    xml.write("</m:colorgroup>\n");
    xml.write("<object id=\"2\" type=\"model\" pid=\"1\" pindex=\"0\"><mesh>\n<vertices>\n");
    Surface.OnPlate bed = new Surface.OnPlate(surface);
    for (int corner : surface.cornerOfEachPoint()) {
      xml.write("<vertex x=\"" + bed.x(corner));
      xml.write("\" y=\"" + bed.y(corner));
      xml.write("\" z=\"" + bed.z(corner) + "\"/>\n");
    }
    xml.write("</vertices>\n<triangles>\n");
    for (int at = 0; at < colourOfCorner.length; at += 3) {
      writeTriangle(surface, colourOfCorner, at, xml);
    }
    xml.write("</triangles>\n</mesh></object>\n</resources>\n");
    xml.write("<build><item objectid=\"2\"/></build>\n</model>\n");
  }

  private static void writeTriangle(Surface surface, int[] colours, int at, Writer xml)
      throws IOException {
    xml.write("<triangle");
    for (int side = 0; side < 3; side++) {
      xml.write(" v" + (side + 1) + "=\"" + surface.point()[surface.corners()[at + side]] + '"');
    }
    xml.write(" pid=\"1\"");
    for (int side = 0; side < 3; side++) {
      xml.write(" p" + (side + 1) + "=\"" + colours[at + side] + '"');
    }
    xml.write("/>\n");
  }

  /**
   * Returns the index of the colour of each corner of each triangle. Colours are exact if they are
   * few, and rounded to {@link #COLOUR_BITS} otherwise.
   *
   * @param colours receives each colour with its index, in order
   */
  private static int[] colourOfEachCorner(Surface surface, Map<Integer, Integer> colours) {
    int[] numbers = new int[surface.corners().length];
    if (!number(surface, 8, colours, numbers)) {
      colours.clear();
      number(surface, COLOUR_BITS, colours, numbers);
    }
    return numbers;
  }

  /** Numbers the colours; returns false once they exceed the maximum of a file. */
  private static boolean number(
      Surface surface, int bits, Map<Integer, Integer> colours, int[] numbers) {
    int at = 0;
    for (Surface.Part part : surface.parts()) {
      for (; at < 3 * part.end(); at++) {
        int colour = surface.colour(part.material(), surface.corners()[at]);
        colour = bits == 8 ? colour : rounded(colour);
        Integer number = colours.putIfAbsent(colour, colours.size());
        numbers[at] = number == null ? colours.size() - 1 : number;
        if (colours.size() > MAX_COLOURS) {
          return false;
        }
      }
    }
    return true;
  }

  private static int rounded(int colour) {
    int rounded = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int value = (colour >> shift) & 255;
      int kept = value >> (8 - COLOUR_BITS);
      rounded |= (kept << (8 - COLOUR_BITS) | kept >> (2 * COLOUR_BITS - 8)) << shift;
    }
    return rounded;
  }
}
