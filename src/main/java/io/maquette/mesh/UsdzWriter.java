package io.maquette.mesh;

import io.maquette.mesh.colour.ColourTable;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writer of USDZ (specification 1.3): one text layer with its textures, for augmented reality on
 * Apple's devices. Quick Look does not show vertex colours, so parts without a texture get one: an
 * atlas with a square for each colour, and one colour for each triangle.
 */
final class UsdzWriter {

  /** Side length of a colour's square in pixels, so that filtering mixes no colours. */
  private static final int SQUARE = 4;

  private static final String ATLAS = "textures/colours.png";

  private UsdzWriter() {}

  /**
   * Writes a surface.
   *
   * @param name base name of the layer, in ASCII
   */
  static void write(Surface surface, String name, OutputStream out) throws IOException {
    Map<TexturePicture, TexturePicture.Encoded> pictures = new LinkedHashMap<>();
    Map<TexturePicture, String> names = new LinkedHashMap<>();
    Map<UsdLayer.Look, List<UsdLayer.Faces>> parts = new LinkedHashMap<>();
    int[] colours = new int[surface.faceCount()];
    int begin = 0;
    for (Surface.Part part : surface.parts()) {
      UsdLayer.Look look = look(surface, part.material());
      if (look.texture() == null) {
        for (int face = begin; face < part.end(); face++) {
          colours[face] = FaceColours.colour(surface, part.material(), face);
        }
      } else if (!names.containsKey(look.texture().picture())) {
        TexturePicture picture = look.texture().picture();
        TexturePicture.Encoded encoded = picture.forUsdz();
        names.put(picture, "textures/" + names.size() + "." + encoded.type().extension());
        pictures.put(picture, encoded);
      }
      if (part.end() > begin) {
        parts
            .computeIfAbsent(look, key -> new ArrayList<>())
            .add(new UsdLayer.Faces(begin, part.end()));
      }
      begin = part.end();
    }
    int[] table = ColourTable.number(colours);
    int squares = (int) Math.ceil(Math.sqrt(table.length));
    UsdLayer layer = new UsdLayer(surface, new UsdLayer.Atlas(ATLAS, squares, colours), names);
    StoredArchive archive = new StoredArchive(out);
    archive.add(
        name + ".usda",
        to -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
          layer.write(parts, text);
          text.flush();
        });
    if (parts.keySet().stream().anyMatch(look -> look.texture() == null)) {
      byte[] atlas = atlas(table, squares);
      archive.add(ATLAS, to -> to.write(atlas));
    }
    for (Map.Entry<TexturePicture, String> picture : names.entrySet()) {
      archive.add(picture.getValue(), to -> to.write(pictures.get(picture.getKey()).content()));
    }
    archive.finish();
  }

  private static UsdLayer.Look look(Surface surface, Material material) {
    boolean isTextured =
        material.texture() != null
            && surface.places() != null
            && material.texture().picture().isReadable();
    return isTextured
        ? new UsdLayer.Look(material.texture(), material.colour(), material.opacity())
        : new UsdLayer.Look(null, 0xFFFFFF, material.opacity());
  }

  private static byte[] atlas(int[] table, int squares) throws IOException {
    int side = squares * SQUARE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int[] square = new int[SQUARE * SQUARE];
    for (int i = 0; i < table.length; i++) {
      Arrays.fill(square, table[i]);
      image.setRGB(i % squares * SQUARE, i / squares * SQUARE, SQUARE, SQUARE, square, 0, SQUARE);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
