package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writer of a ZIP with Wavefront OBJ, its MTL and its textures, in millimetres, Y up as modelling
 * programs expect it. Vertex colours follow the positions, where most programs read them. If
 * materials have colours, a second OBJ has all colours at its vertices, as slicers read them.
 */
final class ObjWriter {

  private ObjWriter() {}

  /**
   * Writes a surface.
   *
   * @param name base name of the OBJ files, of the MTL and, with a number, of the textures
   */
  static void write(Surface surface, String name, OutputStream out) throws IOException {
    List<Material> materials = new ArrayList<>();
    for (Surface.Part part : surface.parts()) {
      if (!materials.contains(part.material())) {
        materials.add(part.material());
      }
    }
    Archive archive = new Archive(out);
    writeSurface(surface, materials, name, archive.begin(name + ".obj"));
    writeMaterials(surface, materials, name, archive.begin(name + ".mtl"));
    Set<TexturePicture> written = new HashSet<>();
    for (Material material : materials) {
      if (hasPicture(material) && written.add(material.texture().picture())) {
        archive.add(textureName(materials, material, name), material.texture().picture().forObj());
      }
    }
    if (materials.stream().anyMatch(ObjWriter::hasColour)) {
      writeColours(surface, archive.begin(name + "-vertex-colours.obj"));
    }
    archive.finish();
  }

  private static boolean hasColour(Material material) {
    return material.colour() != 0xFFFFFF || hasPicture(material);
  }

  private static void writeColours(Surface surface, Writer obj) throws IOException {
    ColouredVertices vertices = ColouredVertices.of(surface);
    obj.write("# millimetres, Y up, colours after the positions\n");
    for (int vertex = 0; vertex < vertices.count(); vertex++) {
      int colour = vertices.colour(vertex);
      numbers(obj, "v", surface.positions(), 3 * vertices.corner(vertex), 3);
      obj.write(' ' + share(colour >> 16) + ' ' + share(colour >> 8) + ' ' + share(colour) + '\n');
    }
    for (int at = 0; at < surface.corners().length; at += 3) {
      obj.write("f " + (vertices.vertex(at) + 1));
      obj.write(" " + (vertices.vertex(at + 1) + 1));
      obj.write(" " + (vertices.vertex(at + 2) + 1) + '\n');
    }
  }

  private static void writeSurface(
      Surface surface, List<Material> materials, String name, Writer obj) throws IOException {
    obj.write("# millimetres, Y up\nmtllib " + name + ".mtl\no " + name + "\n");
    for (int corner = 0; corner < surface.cornerCount(); corner++) {
      numbers(obj, "v", surface.positions(), 3 * corner, 3);
      if (surface.colours() != null) {
        int colour = surface.colours()[corner];
        obj.write(' ' + share(colour >> 16) + ' ' + share(colour >> 8) + ' ' + share(colour));
      }
      obj.write('\n');
    }
    for (int corner = 0; surface.places() != null && corner < surface.cornerCount(); corner++) {
      obj.write("vt " + surface.places()[2 * corner]);
      obj.write(" " + (1 - surface.places()[2 * corner + 1]) + '\n');
    }
    for (int corner = 0; surface.normals() != null && corner < surface.cornerCount(); corner++) {
      numbers(obj, "vn", surface.normals(), 3 * corner, 3);
      obj.write('\n');
    }
    int face = 0;
    for (Surface.Part part : surface.parts()) {
      obj.write("usemtl " + name(materials, part.material()) + '\n');
      for (; face < part.end(); face++) {
        obj.write('f');
        for (int side = 0; side < 3; side++) {
          obj.write(corner(surface, surface.corners()[3 * face + side] + 1));
        }
        obj.write('\n');
      }
    }
  }

  private static String corner(Surface surface, int number) {
    if (surface.places() == null) {
      return surface.normals() == null ? " " + number : " " + number + "//" + number;
    }
    return " " + number + '/' + number + (surface.normals() == null ? "" : "/" + number);
  }

  private static void writeMaterials(
      Surface surface, List<Material> materials, String name, Writer mtl) throws IOException {
    boolean reachesOut = reachesOut(surface.places());
    for (Material material : materials) {
      int colour = material.colour();
      mtl.write("newmtl " + name(materials, material) + '\n');
      mtl.write("Kd " + share(colour >> 16) + ' ' + share(colour >> 8) + ' ' + share(colour));
      mtl.write("\nKs 0 0 0\nd " + (float) material.opacity() + "\nillum 1\n");
      if (hasPicture(material)) {
        boolean isClamped = reachesOut && material.texture().horizontal() == Texture.CLAMP;
        mtl.write("map_Kd " + (isClamped ? "-clamp on " : ""));
        mtl.write(textureName(materials, material, name) + '\n');
      }
    }
  }

  private static String name(List<Material> materials, Material material) {
    return "material-" + materials.indexOf(material);
  }

  /** Returns whether a texture coordinate is outside the picture, so that the wrap mode matters. */
  private static boolean reachesOut(float[] places) {
    for (int i = 0; places != null && i < places.length; i++) {
      if (places[i] < 0 || places[i] > 1) {
        return true;
      }
    }
    return false;
  }

  private static String textureName(List<Material> materials, Material material, String name) {
    TexturePicture picture = material.texture().picture();
    int number = 0; // the first material with this picture names its file
    while (!hasPicture(materials.get(number))
        || materials.get(number).texture().picture() != picture) {
      number++;
    }
    return name + "-" + number + "." + picture.extension();
  }

  private static boolean hasPicture(Material material) {
    return material.texture() != null && material.texture().picture().isReadable();
  }

  private static void numbers(Writer obj, String kind, float[] values, int at, int count)
      throws IOException {
    obj.write(kind);
    for (int i = 0; i < count; i++) {
      obj.write(' ');
      obj.write(Float.toString(values[at + i]));
    }
  }

  private static String share(int value) {
    return Float.toString((value & 255) / 255f);
  }
}
