package io.maquette.mesh;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builder of a surface from a file's primitives. */
final class SurfaceBuilder {

  @SuppressWarnings("ArrayRecordComponent") // created once, read once
  private record Piece(
      Material material,
      float[] positions,
      float[] normals,
      float[] places,
      int[] colours,
      int[] corners) {}

  /**
   * Random seed per process, so that no file can be crafted whose points all share one hash bucket.
   */
  private static final long SEED = new SecureRandom().nextLong();

  private final List<Piece> pieces = new ArrayList<>();
  private int cornerCount;
  private int faceCount;

  int cornerCount() {
    return cornerCount;
  }

  int faceCount() {
    return faceCount;
  }

  /**
   * Adds a placed primitive, in millimetres; the builder owns the arrays from now on.
   *
   * @param isMirrored whether the placement made counter-clockwise triangles clockwise
   * @param normals null for none; the same applies to texture coordinates and colours
   */
  void add(
      boolean isMirrored,
      Material material,
      float[] positions,
      float[] normals,
      float[] places,
      int[] colours,
      int[] corners)
      throws InvalidModelFileException {
    int count = positions.length / 3;
    boolean[] used = new boolean[count];
    for (int corner : corners) {
      if (corner < 0 || corner >= count) {
        throw new InvalidModelFileException("an index is outside its mesh");
      }
      used[corner] = true;
    }
    for (int at = 0; at < positions.length; at++) {
      if (!Float.isFinite(positions[at])) {
        if (used[at / 3]) {
          throw new InvalidModelFileException("a position is not a number");
        }
        positions[at] = 0;
      }
    }
    if (isMirrored) {
      for (int at = 0; at < corners.length; at += 3) {
        int second = corners[at + 1];
        corners[at + 1] = corners[at + 2];
        corners[at + 2] = second;
      }
    }
    pieces.add(new Piece(material, positions, normals, places, colours, corners));
    cornerCount += count;
    faceCount += corners.length / 3;
  }

  /**
   * Returns the surface of all primitives.
   *
   * @throws InvalidModelFileException if no triangle has an area
   */
  Surface build(Materials materials) throws InvalidModelFileException {
    float[] positions = new float[3 * cornerCount];
    boolean haveNormals = pieces.stream().allMatch(piece -> piece.normals() != null);
    float[] normals = haveNormals ? new float[3 * cornerCount] : null;
    float[] places =
        pieces.stream().anyMatch(piece -> piece.places() != null)
            ? new float[2 * cornerCount]
            : null;
    int[] colours =
        pieces.stream().anyMatch(piece -> piece.colours() != null) ? new int[cornerCount] : null;
    int[] corners = new int[3 * faceCount];
    int corner = 0;
    for (Piece piece : pieces) {
      copy(piece.positions(), positions, 3 * corner);
      copy(piece.normals(), normals, 3 * corner);
      copy(piece.places(), places, 2 * corner);
      if (colours != null) {
        int count = piece.positions().length / 3;
        if (piece.colours() == null) {
          Arrays.fill(colours, corner, corner + count, 0xFFFFFF);
        } else {
          System.arraycopy(piece.colours(), 0, colours, corner, count);
        }
      }
      corner += piece.positions().length / 3;
    }
    int[] point = new int[cornerCount];
    int pointCount = number(positions, point);
    List<Surface.Part> parts = new ArrayList<>();
    int first = 0;
    int faces = 0;
    for (Piece piece : pieces) {
      faces = addFaces(piece, first, point, corners, faces);
      parts.add(new Surface.Part(faces, piece.material()));
      first += piece.positions().length / 3;
    }
    if (faces == 0) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.EMPTY, "no triangle has an area");
    }
    return new Surface(
        positions,
        normals,
        places,
        colours,
        point,
        pointCount,
        Arrays.copyOf(corners, 3 * faces),
        parts,
        materials);
  }

  private static void copy(float[] from, float[] to, int at) {
    if (from != null && to != null) {
      System.arraycopy(from, 0, to, at, from.length);
    }
  }

  /** Adds the triangles, without degenerate ones. */
  private static int addFaces(Piece piece, int first, int[] point, int[] corners, int faces) {
    int count = faces;
    for (int at = 0; at < piece.corners().length; at += 3) {
      int a = first + piece.corners()[at];
      int b = first + piece.corners()[at + 1];
      int c = first + piece.corners()[at + 2];
      if (point[a] != point[b] && point[b] != point[c] && point[c] != point[a]) {
        corners[3 * count] = a;
        corners[3 * count + 1] = b;
        corners[3 * count + 2] = c;
        count++;
      }
    }
    return count;
  }

  /**
   * Numbers the points; corners at exactly the same position share one point.
   *
   * @return number of points
   */
  private static int number(float[] positions, int[] point) {
    int buckets = Integer.highestOneBit(Math.max(8, point.length)) << 1;
    int[] bucket = new int[buckets]; // a corner of the point, plus one
    int count = 0;
    for (int corner = 0; corner < point.length; corner++) {
      int at = hash(positions, corner) & (buckets - 1);
      while (bucket[at] != 0 && !areTogether(positions, bucket[at] - 1, corner)) {
        at = (at + 1) & (buckets - 1);
      }
      if (bucket[at] == 0) {
        bucket[at] = corner + 1;
        point[corner] = count++;
      } else {
        point[corner] = point[bucket[at] - 1];
      }
    }
    return count;
  }

  private static int hash(float[] positions, int corner) {
    long hash = SEED;
    for (int axis = 0; axis < 3; axis++) {
      hash ^= Float.floatToIntBits(positions[3 * corner + axis] + 0.0f); // turns -0 into 0
      hash *= 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ hash >>> 29);
  }

  private static boolean areTogether(float[] positions, int one, int other) {
    return positions[3 * one] == positions[3 * other]
        && positions[3 * one + 1] == positions[3 * other + 1]
        && positions[3 * one + 2] == positions[3 * other + 2];
  }
}
