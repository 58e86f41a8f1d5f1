package io.maquette.mesh;

import io.maquette.mesh.edit.EditMesh;

/** Conversion of a surface to a mesh for the print kit, with one colour for each triangle. */
final class SurfaceMesh {

  private SurfaceMesh() {}

  /** Returns the mesh of a surface; a triangle has the colour at its centre. */
  static EditMesh of(Surface surface) {
    float[] positions = new float[3 * surface.pointCount()];
    int[] corner = surface.cornerOfEachPoint();
    for (int point = 0; point < corner.length; point++) {
      System.arraycopy(surface.positions(), 3 * corner[point], positions, 3 * point, 3);
    }
    int[] corners = new int[surface.corners().length];
    for (int at = 0; at < corners.length; at++) {
      corners[at] = surface.point()[surface.corners()[at]];
    }
    int[] colours = new int[surface.faceCount()];
    int face = 0;
    for (Surface.Part part : surface.parts()) {
      while (face < part.end()) {
        colours[face] = colour(surface, part.material(), face);
        face++;
      }
    }
    return new EditMesh(positions, corners, colours);
  }

  private static int colour(Surface surface, Material material, int face) {
    int[] corners = surface.corners();
    int a = corners[3 * face];
    int b = corners[3 * face + 1];
    int c = corners[3 * face + 2];
    int colour = material.colour();
    float[] places = surface.places();
    if (material.texture() != null && places != null) {
      colour =
          Material.times(
              colour,
              material
                  .texture()
                  .at(
                      (places[2 * a] + places[2 * b] + places[2 * c]) / 3,
                      (places[2 * a + 1] + places[2 * b + 1] + places[2 * c + 1]) / 3));
    }
    int[] own = surface.colours();
    return own == null ? colour : Material.times(colour, mean(own[a], own[b], own[c]));
  }

  private static int mean(int one, int second, int third) {
    int mean = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int sum = ((one >> shift) & 255) + ((second >> shift) & 255) + ((third >> shift) & 255);
      mean |= ((sum + 1) / 3) << shift;
    }
    return mean;
  }
}
