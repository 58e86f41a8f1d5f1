package io.maquette.mesh.edit;

/** Distance of a place to a triangle (Ericson 2005, "Real-Time Collision Detection", 5.1.5). */
final class TriangleDistance {

  private TriangleDistance() {}

  /**
   * Computes the squared distance.
   *
   * @param nearest receives the nearest point on the triangle
   */
  static double squared(EditMesh mesh, int face, double[] place, double[] nearest) {
    float[] at = mesh.positions();
    int a = 3 * mesh.corners()[3 * face];
    int b = 3 * mesh.corners()[3 * face + 1];
    int c = 3 * mesh.corners()[3 * face + 2];
    double abx = (double) at[b] - at[a];
    double aby = (double) at[b + 1] - at[a + 1];
    double abz = (double) at[b + 2] - at[a + 2];
    double acx = (double) at[c] - at[a];
    double acy = (double) at[c + 1] - at[a + 1];
    double acz = (double) at[c + 2] - at[a + 2];
    double px = place[0] - at[a];
    double py = place[1] - at[a + 1];
    double pz = place[2] - at[a + 2];
    double bb = abx * abx + aby * aby + abz * abz;
    double bc = abx * acx + aby * acy + abz * acz;
    double cc = acx * acx + acy * acy + acz * acz;
    double d1 = abx * px + aby * py + abz * pz;
    double d2 = acx * px + acy * py + acz * pz;
    double v;
    double w;
    double determinant = bb * cc - bc * bc;
    double inV = cc * d1 - bc * d2;
    double inW = bb * d2 - bc * d1;
    if (determinant > 0 && inV >= 0 && inW >= 0 && inV + inW <= determinant) {
      v = inV / determinant;
      w = inW / determinant;
    } else {
      double onAb = bb > 0 ? clamp(d1 / bb) : 0;
      double onAc = cc > 0 ? clamp(d2 / cc) : 0;
      double edge = bb - 2 * bc + cc;
      double onBc = edge > 0 ? clamp((bb - bc + d2 - d1) / edge) : 0;
      v = onAb;
      w = 0;
      double best = onAb * onAb * bb - 2 * onAb * d1;
      double second = onAc * onAc * cc - 2 * onAc * d2;
      if (second < best) {
        best = second;
        v = 0;
        w = onAc;
      }
      double r = 1 - onBc;
      double third = r * r * bb + 2 * r * onBc * bc + onBc * onBc * cc - 2 * (r * d1 + onBc * d2);
      if (third < best) {
        v = r;
        w = onBc;
      }
    }
    double dx = abx * v + acx * w;
    double dy = aby * v + acy * w;
    double dz = abz * v + acz * w;
    nearest[0] = at[a] + dx;
    nearest[1] = at[a + 1] + dy;
    nearest[2] = at[a + 2] + dz;
    return (dx - px) * (dx - px) + (dy - py) * (dy - py) + (dz - pz) * (dz - pz);
  }

  private static double clamp(double share) {
    return Math.max(0, Math.min(1, share));
  }
}
