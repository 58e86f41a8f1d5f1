package io.maquette.mesh;

import io.maquette.mesh.colour.ColouredFaces;
import java.util.Arrays;

/** Colours, areas and neighbours of a surface's triangles. */
final class FaceColours {

  /**
   * Places within a triangle where its colour is sampled, as weights of its corners. The sample
   * that is nearest to the others counts, because a mean of several would be a new colour on the
   * border of two.
   */
  private static final float[][] SAMPLES = {
    {1 / 3f, 1 / 3f, 1 / 3f},
    {2 / 3f, 1 / 6f, 1 / 6f},
    {1 / 6f, 2 / 3f, 1 / 6f},
    {1 / 6f, 1 / 6f, 2 / 3f}
  };

  private FaceColours() {}

  /** Returns what the choice of filament colours needs. */
  static ColouredFaces of(Surface surface) {
    int[] colours = new int[surface.faceCount()];
    float[] areas = new float[colours.length];
    int face = 0;
    for (Surface.Part part : surface.parts()) {
      for (; face < part.end(); face++) {
        colours[face] = colour(surface, part.material(), face);
        double[] facing = surface.facing(face);
        double twice =
            Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
        areas[face] = (float) Math.min(Float.MAX_VALUE, twice / 2);
      }
    }
    return new ColouredFaces(colours, areas, neighbours(surface));
  }

  /** Returns the colour of a triangle, 0xRRGGBB in sRGB. */
  static int colour(Surface surface, Material material, int face) {
    int a = surface.corners()[3 * face];
    int b = surface.corners()[3 * face + 1];
    int c = surface.corners()[3 * face + 2];
    int vertices =
        surface.colours() == null
            ? 0xFFFFFF
            : mean(surface.colours()[a], surface.colours()[b], surface.colours()[c]);
    int colour = Material.times(material.colour(), vertices);
    return material.texture() == null || surface.places() == null
        ? colour
        : Material.times(colour, sampled(surface.places(), material.texture(), a, b, c));
  }

  private static int sampled(float[] places, Texture texture, int a, int b, int c) {
    int[] samples = new int[SAMPLES.length];
    for (int i = 0; i < samples.length; i++) {
      float[] weights = SAMPLES[i];
      samples[i] =
          texture.at(
              weights[0] * places[2 * a] + weights[1] * places[2 * b] + weights[2] * places[2 * c],
              weights[0] * places[2 * a + 1]
                  + weights[1] * places[2 * b + 1]
                  + weights[2] * places[2 * c + 1]);
    }
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < samples.length; i++) {
      int sum = 0;
      for (int other : samples) {
        sum += distance(samples[i], other);
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return samples[best];
  }

  private static int distance(int one, int other) {
    return Math.abs((one >> 16 & 255) - (other >> 16 & 255))
        + Math.abs((one >> 8 & 255) - (other >> 8 & 255))
        + Math.abs((one & 255) - (other & 255));
  }

  private static int mean(int one, int two, int three) {
    if (one == two && two == three) {
      return one;
    }
    int mean = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double light =
          Material.linear(one >> shift & 255)
              + Material.linear(two >> shift & 255)
              + Material.linear(three >> shift & 255);
      mean |= Material.srgb(light / 3) << shift;
    }
    return mean;
  }

  /**
   * Returns three neighbours of each triangle, -1 for none. Edges are sorted within the point of
   * lower index, so the time does not depend on how many triangles meet at a point. Where more than
   * two triangles share an edge, they are paired in their order.
   */
  private static int[] neighbours(Surface surface) {
    int[] corners = surface.corners();
    int[] ends = new int[surface.pointCount() + 1];
    for (int at = 0; at < corners.length; at++) {
      ends[Math.min(from(surface, at), to(surface, at)) + 1]++;
    }
    for (int point = 1; point < ends.length; point++) {
      ends[point] += ends[point - 1];
    }
    long[] edges = new long[corners.length];
    for (int at = 0; at < corners.length; at++) {
      int low = Math.min(from(surface, at), to(surface, at));
      long high = Math.max(from(surface, at), to(surface, at));
      edges[ends[low]++] = high << 32 | at; // an end moves from its range's begin to its end
    }
    int[] neighbours = new int[corners.length];
    Arrays.fill(neighbours, -1);
    int begin = 0;
    for (int point = 0; point < surface.pointCount(); point++) {
      Arrays.sort(edges, begin, ends[point]);
      for (int i = begin; i + 1 < ends[point]; i++) {
        if (edges[i] >> 32 == edges[i + 1] >> 32) {
          int one = (int) edges[i];
          int other = (int) edges[i + 1];
          neighbours[one] = other / 3;
          neighbours[other] = one / 3;
          i++;
        }
      }
      begin = ends[point];
    }
    return neighbours;
  }

  private static int from(Surface surface, int at) {
    return surface.point()[surface.corners()[at]];
  }

  private static int to(Surface surface, int at) {
    return surface.point()[surface.corners()[at % 3 == 2 ? at - 2 : at + 1]];
  }
}
