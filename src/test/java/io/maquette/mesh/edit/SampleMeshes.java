package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Meshes of known volume, whole and broken. */
final class SampleMeshes {

  private SampleMeshes() {}

  /** Returns a box of 12 triangles; each side has its own colour. */
  static EditMesh box(double x, double y, double z, double width, double height, double depth) {
    float[] positions = new float[24];
    for (int corner = 0; corner < 8; corner++) {
      positions[3 * corner] = (float) (x + (corner & 1) * width);
      positions[3 * corner + 1] = (float) (y + (corner >> 1 & 1) * height);
      positions[3 * corner + 2] = (float) (z + (corner >> 2) * depth);
    }
    int[][] sides = {
      {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}
    };
    int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF};
    int[] corners = new int[36];
    int[] colour = new int[12];
    for (int side = 0; side < 6; side++) {
      int[] s = sides[side];
      int[] both = {s[0], s[1], s[2], s[0], s[2], s[3]};
      System.arraycopy(both, 0, corners, 6 * side, 6);
      colour[2 * side] = colours[side];
      colour[2 * side + 1] = colours[side];
    }
    return new EditMesh(positions, corners, colour);
  }

  /** Returns a sphere around the origin: a cube that was split, red above and blue below. */
  static EditMesh sphere(double radius, int splits) {
    EditMesh mesh = box(-1, -1, -1, 2, 2, 2);
    for (int split = 0; split < splits; split++) {
      mesh = split(mesh);
    }
    float[] at = mesh.positions().clone();
    for (int point = 0; point < at.length; point += 3) {
      double length =
          Math.sqrt(
              at[point] * at[point]
                  + at[point + 1] * at[point + 1]
                  + at[point + 2] * at[point + 2]);
      for (int axis = 0; axis < 3; axis++) {
        at[point + axis] = (float) (at[point + axis] * radius / length);
      }
    }
    int[] colours = new int[mesh.faceCount()];
    for (int face = 0; face < colours.length; face++) {
      double height = 0;
      for (int side = 0; side < 3; side++) {
        height += at[3 * mesh.corners()[3 * face + side] + 1];
      }
      colours[face] = height > 0 ? 0xFF0000 : 0x0000FF;
    }
    return new EditMesh(at, mesh.corners(), colours);
  }

  /** Splits each triangle into four. */
  static EditMesh split(EditMesh mesh) {
    List<Float> positions = new ArrayList<>();
    for (float at : mesh.positions()) {
      positions.add(at);
    }
    Map<Long, Integer> middles = new HashMap<>();
    int[] corners = new int[12 * mesh.faceCount()];
    int[] colours = new int[4 * mesh.faceCount()];
    for (int face = 0; face < mesh.faceCount(); face++) {
      int[] c = Arrays.copyOfRange(mesh.corners(), 3 * face, 3 * face + 3);
      int[] m = new int[3];
      for (int side = 0; side < 3; side++) {
        long low = Math.min(c[side], c[(side + 1) % 3]);
        long high = Math.max(c[side], c[(side + 1) % 3]);
        m[side] =
            middles.computeIfAbsent(
                low << 32 | high,
                edge -> {
                  for (int axis = 0; axis < 3; axis++) {
                    positions.add(
                        (positions.get((int) (3 * low + axis))
                                + positions.get((int) (3 * high + axis)))
                            / 2);
                  }
                  return positions.size() / 3 - 1;
                });
      }
      int[] four = {c[0], m[0], m[2], m[0], c[1], m[1], m[2], m[1], c[2], m[0], m[1], m[2]};
      System.arraycopy(four, 0, corners, 12 * face, 12);
      Arrays.fill(colours, 4 * face, 4 * face + 4, mesh.colours()[face]);
    }
    float[] all = new float[positions.size()];
    for (int at = 0; at < all.length; at++) {
      all[at] = positions.get(at);
    }
    return new EditMesh(all, corners, colours);
  }

  /** Returns a mesh without some of its triangles. */
  static EditMesh without(EditMesh mesh, int from, int to) {
    int count = mesh.faceCount() - (to - from);
    int[] corners = new int[3 * count];
    int[] colours = new int[count];
    System.arraycopy(mesh.corners(), 0, corners, 0, 3 * from);
    System.arraycopy(mesh.corners(), 3 * to, corners, 3 * from, 3 * (mesh.faceCount() - to));
    System.arraycopy(mesh.colours(), 0, colours, 0, from);
    System.arraycopy(mesh.colours(), to, colours, from, mesh.faceCount() - to);
    return new EditMesh(mesh.positions(), corners, colours);
  }

  static EditMesh together(EditMesh... parts) throws EditException {
    return MeshParts.together(List.of(parts));
  }
}
