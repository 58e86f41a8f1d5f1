package io.maquette.asset.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a ZIP with Wavefront OBJ, its MTL and its textures: millimetres, Y up as modelling
 * programs expect it. Colours of vertices stand behind their positions, where most programs read
 * them.
 */
final class ObjWriter {

  private ObjWriter() {}

  static void write(Surface surface, OutputStream out) throws IOException {
    List<Material> materials = new ArrayList<>();
    for (Surface.Part part : surface.parts()) {
      if (!materials.contains(part.material())) {
        materials.add(part.material());
      }
    }
    Archive archive = new Archive(out);
    writeSurface(surface, materials, archive.begin("model.obj"));
    writeMaterials(materials, archive.begin("model.mtl"));
    for (Material material : materials) {
      if (material.texture() != null) {
        archive.add(textureName(materials, material), material.texture().content());
      }
    }
    archive.finish();
  }

  private static void writeSurface(Surface surface, List<Material> materials, Writer obj)
      throws IOException {
    obj.write("# millimetres, Y up\nmtllib model.mtl\no model\n");
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

  private static void writeMaterials(List<Material> materials, Writer mtl) throws IOException {
    for (Material material : materials) {
      int colour = material.colour();
      mtl.write("newmtl " + name(materials, material) + '\n');
      mtl.write("Kd " + share(colour >> 16) + ' ' + share(colour >> 8) + ' ' + share(colour));
      mtl.write("\nKs 0 0 0\nd 1\nillum 1\n");
      if (material.texture() != null) {
        mtl.write("map_Kd " + textureName(materials, material) + '\n');
      }
    }
  }

  private static String name(List<Material> materials, Material material) {
    return "material-" + materials.indexOf(material);
  }

  private static String textureName(List<Material> materials, Material material) {
    return "texture-" + materials.indexOf(material) + "." + material.texture().type().extension();
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
