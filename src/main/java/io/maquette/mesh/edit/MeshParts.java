package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Connected parts of a mesh. A cavity belongs to the part around it. */
final class MeshParts {

  /** Maximum number of parts; further small ones are in the last. */
  static final int MAX_PARTS = 256;

  /** Distance of parts that are laid out side by side, as a share of the longest side. */
  private static final double GAP = 0.04;

  private MeshParts() {}

  /** Splits a mesh into its parts, the one with the most triangles first. */
  static List<EditMesh> split(EditMesh mesh) {
    int[] part = number(mesh);
    int count = Arrays.stream(part).max().orElse(-1) + 1;
    int[] target = owners(mesh, part, count);
    long[] order = new long[count]; // faces, descending, and part
    int[] faces = new int[count];
    for (int face : part) {
      faces[target[face]]++;
    }
    for (int at = 0; at < count; at++) {
      order[at] = (long) -faces[at] << 32 | at;
    }
    Arrays.sort(order);
    int[] rank = new int[count];
    for (int at = 0; at < count; at++) {
      rank[(int) order[at]] = Math.min(at, MAX_PARTS - 1);
    }
    int parts = 0;
    int[] size = new int[Math.min(count, MAX_PARTS)];
    for (int at = 0; at < part.length; at++) {
      part[at] = rank[target[part[at]]];
      size[part[at]]++;
      parts = Math.max(parts, part[at] + 1);
    }
    List<EditMesh> found = new ArrayList<>();
    for (int at = 0; at < parts; at++) {
      found.add(part(mesh, part, at, size[at]));
    }
    return found;
  }

  private static EditMesh part(EditMesh mesh, int[] part, int wanted, int size) {
    int[] corners = new int[3 * size];
    int[] colours = new int[size];
    int at = 0;
    for (int face = 0; face < part.length; face++) {
      if (part[face] == wanted) {
        System.arraycopy(mesh.corners(), 3 * face, corners, 3 * at, 3);
        colours[at] = mesh.colours()[face];
        at++;
      }
    }
    return new EditMesh(mesh.positions(), corners, colours).compacted();
  }

  /** Returns the number of each triangle's part, from 0 on. */
  private static int[] number(EditMesh mesh) {
    int[] root = new int[mesh.pointCount()];
    Arrays.setAll(root, point -> point);
    int[] corners = mesh.corners();
    for (int at = 0; at < corners.length; at++) {
      root[rootOf(root, corners[at])] = rootOf(root, corners[at - at % 3]);
    }
    int[] number = new int[root.length];
    int count = 0;
    int[] part = new int[mesh.faceCount()];
    for (int face = 0; face < part.length; face++) {
      int top = rootOf(root, corners[3 * face]);
      if (number[top] == 0) {
        count++;
        number[top] = count;
      }
      part[face] = number[top] - 1;
    }
    return part;
  }

  private static int rootOf(int[] root, int point) {
    int at = point;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }

  /** Returns the part that each part belongs to: itself, or the smallest one around a cavity. */
  private static int[] owners(EditMesh mesh, int[] part, int count) {
    double[] volume = new double[count];
    float[][] box = new float[count][];
    double[] facing = new double[3];
    for (int face = 0; face < part.length; face++) {
      int a = 3 * mesh.corners()[3 * face];
      float[] at = mesh.positions();
      mesh.facing(face, facing);
      volume[part[face]] += (at[a] * facing[0] + at[a + 1] * facing[1] + at[a + 2] * facing[2]) / 6;
      box[part[face]] = widened(box[part[face]], mesh, face);
    }
    Integer[] solids = new Integer[count];
    Arrays.setAll(solids, at -> at);
    Arrays.sort(solids, Comparator.comparingDouble(at -> volume[at]));
    int[] owner = new int[count];
    long trials = 0;
    for (int one = 0; one < count; one++) {
      owner[one] = one;
      for (int at = 0; volume[one] < 0 && at < count && trials < 10_000_000; at++) {
        int other = solids[at];
        trials++;
        if (volume[other] > -volume[one] && isAround(box[other], box[one])) {
          owner[one] = other;
          break;
        }
      }
    }
    return owner;
  }

  private static float[] widened(float[] box, EditMesh mesh, int face) {
    float[] wide = box;
    if (wide == null) {
      wide = new float[6];
      Arrays.fill(wide, 0, 3, Float.POSITIVE_INFINITY);
      Arrays.fill(wide, 3, 6, Float.NEGATIVE_INFINITY);
    }
    for (int side = 0; side < 3; side++) {
      for (int axis = 0; axis < 3; axis++) {
        float at = mesh.positions()[3 * mesh.corners()[3 * face + side] + axis];
        wide[axis] = Math.min(wide[axis], at);
        wide[3 + axis] = Math.max(wide[3 + axis], at);
      }
    }
    return wide;
  }

  private static boolean isAround(float[] outer, float[] inner) {
    boolean isAround = true;
    for (int axis = 0; axis < 3; axis++) {
      isAround &= outer[axis] < inner[axis] && outer[3 + axis] > inner[3 + axis];
    }
    return isAround;
  }

  /** Puts meshes into one; overlapping ones stay separate surfaces. */
  static EditMesh together(List<EditMesh> parts) throws EditException {
    MeshBuffer all = new MeshBuffer();
    for (EditMesh part : parts) {
      all.add(part);
    }
    return all.build();
  }

  /** Lays the parts of a mesh out side by side, each on the build plate, in rows. */
  static EditMesh apart(EditMesh mesh) throws EditException {
    List<EditMesh> parts = new ArrayList<>(split(mesh));
    if (parts.size() < 2) {
      return mesh;
    }
    parts.sort(Comparator.comparingDouble((EditMesh part) -> -part.size(2)));
    double gap = GAP * mesh.longest();
    double area = 0;
    for (EditMesh part : parts) {
      area += (part.size(0) + gap) * (part.size(2) + gap);
    }
    double row = Math.sqrt(area) * 1.1;
    List<EditMesh> placed = new ArrayList<>();
    double x = 0;
    double z = 0;
    double deepest = 0;
    for (EditMesh part : parts) {
      if (x > 0 && x + part.size(0) > row) {
        x = 0;
        z += deepest + gap;
        deepest = 0;
      }
      placed.add(part.placed(1, x - part.extent(0)[0], -part.extent(1)[0], z - part.extent(2)[0]));
      x += part.size(0) + gap;
      deepest = Math.max(deepest, part.size(2));
    }
    return together(placed);
  }
}
