package io.maquette.mesh;

import io.maquette.mesh.colour.ColourTable;
import io.maquette.mesh.colour.FilamentColours;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writer of 3MF (core specification 1.2 with colour groups of the materials extension 1.2), in
 * millimetres, Z up. Triangles share their points. Either each corner has a colour, or each
 * triangle has a filament.
 *
 * <p>Slicers read filaments from the painting of triangles: PrusaSlicer from {@code
 * slic3rpe:mmu_segmentation} (by this prefix), OrcaSlicer and Bambu Studio from {@code paint_color}
 * (without a prefix). Both have the same values (PrusaSlicer 2.5.0 to 2.9.4 and OrcaSlicer 2.x, as
 * of 2026-11). The colours of the filaments are the colour group, which OrcaSlicer and Bambu Studio
 * read, and a sentence in the description. The file has no settings of a slicer.
 */
final class ThreeMfWriter {

  private static final String TYPES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" \
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="model" \
      ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>%s</Types>
      """;
  private static final String THUMBNAIL_TYPE =
      "<Default Extension=\"png\" ContentType=\"image/png\"/>";
  private static final String RELATIONSHIPS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Target="/3D/3dmodel.model" Id="model" \
      Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>%s</Relationships>
      """;
  private static final String THUMBNAIL_RELATIONSHIP =
      "<Relationship Target=\"/Metadata/thumbnail.png\" Id=\"thumbnail\" Type=\"http://"
          + "schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail\"/>";
  private static final String BEGINNING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <model unit="millimeter" xml:lang="en-US" \
      xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02" \
      xmlns:m="http://schemas.microsoft.com/3dmanufacturing/material/2015/02"%s>
      <metadata name="Application">Maquette</metadata>
      %s<resources>
      """;
  private static final String PAINTING =
      " xmlns:slic3rpe=\"http://schemas.slic3r.org/3mf/2017/06\"";

  private ThreeMfWriter() {}

  /** Writes a surface with a colour at each corner. */
  static void write(Surface surface, OutputStream out) throws IOException {
    Archive archive = new Archive(out);
    archive.begin("[Content_Types].xml").write(TYPES.formatted(""));
    archive.begin("_rels/.rels").write(RELATIONSHIPS.formatted(""));
    Writer xml = archive.begin("3D/3dmodel.model");
    int[] colours = surface.cornerColours();
    int[] table = ColourTable.number(colours);
    xml.write(BEGINNING.formatted("", ""));
    beginObject(surface, table, xml);
    for (int at = 0; at < colours.length; at += 3) {
      beginTriangle(surface, at, xml);
      for (int side = 0; side < 3; side++) {
        xml.write(" p" + (side + 1) + "=\"" + colours[at + side] + '"');
      }
      xml.write("/>\n");
    }
    endObject(xml);
    archive.finish();
  }

  /**
   * Writes a surface whose triangles are painted with filaments.
   *
   * @param thumbnail PNG that file managers and slicers show; empty for none
   */
  static void write(Surface surface, FilamentColours colours, byte[] thumbnail, OutputStream out)
      throws IOException {
    boolean hasThumbnail = thumbnail.length > 0;
    Archive archive = new Archive(out);
    archive.begin("[Content_Types].xml").write(TYPES.formatted(hasThumbnail ? THUMBNAIL_TYPE : ""));
    archive
        .begin("_rels/.rels")
        .write(RELATIONSHIPS.formatted(hasThumbnail ? THUMBNAIL_RELATIONSHIP : ""));
    Writer xml = archive.begin("3D/3dmodel.model");
    xml.write(BEGINNING.formatted(PAINTING, description(colours.palette())));
    beginObject(surface, colours.palette().stream().mapToInt(colour -> colour).toArray(), xml);
    List<String> attributes = paintings(colours.palette().size());
    for (int face = 0; face < surface.faceCount(); face++) {
      beginTriangle(surface, 3 * face, xml);
      xml.write(attributes.get(colours.filaments()[face]));
    }
    endObject(xml);
    if (hasThumbnail) {
      archive.add("Metadata/thumbnail.png", thumbnail);
    }
    archive.finish();
  }

  private static void beginObject(Surface surface, int[] colours, Writer xml) throws IOException {
    xml.write("<m:colorgroup id=\"1\">\n");
    for (int colour : colours) {
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
  }

  private static void beginTriangle(Surface surface, int at, Writer xml) throws IOException {
    xml.write("<triangle");
    for (int side = 0; side < 3; side++) {
      xml.write(" v" + (side + 1) + "=\"" + surface.point()[surface.corners()[at + side]] + '"');
    }
    xml.write(" pid=\"1\"");
  }

  private static void endObject(Writer xml) throws IOException {
    xml.write("</triangles>\n</mesh></object>\n</resources>\n");
    xml.write("<build><item objectid=\"2\"/></build>\n</model>\n");
  }

  private static String description(List<Integer> palette) {
    StringBuilder words = new StringBuilder("<metadata name=\"Description\">Filaments:");
    for (int filament = 0; filament < palette.size(); filament++) {
      words.append(filament == 0 ? " " : ", ").append(filament + 1);
      words.append(String.format(Locale.ROOT, " #%06X", palette.get(filament)));
    }
    return words.append("</metadata>\n").toString();
  }

  /** Returns the end of a triangle's element for each filament. */
  private static List<String> paintings(int count) {
    List<String> attributes = new ArrayList<>();
    for (int filament = 0; filament < count; filament++) {
      String state = state(filament + 1);
      attributes.add(
          " p1=\""
              + filament
              + "\" slic3rpe:mmu_segmentation=\""
              + state
              + "\" paint_color=\""
              + state
              + "\"/>\n");
    }
    return attributes;
  }

  /**
   * Returns the value by which slicers paint an undivided triangle: 1 is {@code 4}, 2 is {@code 8},
   * 3 to 16 are {@code 0C} to {@code DC}.
   *
   * @param filament 1 to {@link FilamentColours#MAX}
   */
  private static String state(int filament) {
    return filament < 3
        ? Integer.toString(4 * filament)
        : Integer.toHexString(filament - 3).toUpperCase(Locale.ROOT) + "C";
  }
}
