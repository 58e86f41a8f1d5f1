package io.maquette.mesh.colour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clusters of weighted colours: k-means in CIELAB with k-means++ (Arthur and Vassilvitskii, 2007)
 * as its start. Fixed centres take part, and do not move. The best of {@link #STARTS} starts
 * counts. The seed is fixed, so the same colours always give the same clusters.
 */
final class ColourClusters {

  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final int STARTS = 4;
  private static final int MAX_ROUNDS = 40;

  private final Lab[] colours;
  private final double[] weights;
  private final int fixed;
  private final Lab[] centres;
  private final int[] clusters;
  private int centreCount;

  private ColourClusters(Lab[] colours, double[] weights, List<Lab> fixed, int count) {
    this.colours = colours;
    this.weights = weights;
    this.fixed = fixed.size();
    centres = fixed.toArray(new Lab[count]);
    centreCount = fixed.size();
    clusters = new int[colours.length];
  }

  /**
   * Finds clusters.
   *
   * @param colours 1 or more colours
   * @param weights of the colours, each greater than 0
   * @param fixed centres that do not move, at most {@code count}
   * @param count maximum number of centres, 1 or more
   */
  static ColourClusters of(Lab[] colours, double[] weights, List<Lab> fixed, int count) {
    ColourClusters best = null;
    double least = Double.POSITIVE_INFINITY;
    int starts = fixed.size() == count ? 1 : STARTS;
    for (int start = 0; start < starts; start++) {
      ColourClusters clusters = new ColourClusters(colours, weights, fixed, count);
      clusters.chooseCentres(new SplittableRandom(SEED + start));
      double error = clusters.improve();
      if (error < least) {
        least = error;
        best = clusters;
      }
    }
    return best;
  }

  /** Returns the centres, the fixed ones first. */
  List<Lab> centres() {
    return new ArrayList<>(Arrays.asList(centres).subList(0, centreCount));
  }

  /** Returns the index of the centre that is nearest to a colour. */
  int clusterOf(int colour) {
    return clusters[colour];
  }

  /** Chooses each free centre with a probability that grows with its distance to the others. */
  private void chooseCentres(SplittableRandom random) {
    double[] distances = new double[colours.length];
    Arrays.fill(distances, centreCount == 0 ? 1 : Double.POSITIVE_INFINITY);
    for (int centre = 0; centre < centreCount; centre++) {
      shorten(distances, centres[centre]);
    }
    while (centreCount < centres.length) {
      double sum = 0;
      for (int i = 0; i < distances.length; i++) {
        sum += distances[i] * weights[i];
      }
      if (sum <= 0) {
        return; // every colour is a centre
      }
      Lab next = chosen(distances, random.nextDouble() * sum);
      if (centreCount == 0) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
      }
      centres[centreCount++] = next;
      shorten(distances, next);
    }
  }

  private Lab chosen(double[] distances, double place) {
    double left = place;
    int last = 0;
    for (int i = 0; i < distances.length; i++) {
      double share = distances[i] * weights[i];
      if (share > 0) {
        last = i;
        left -= share;
        if (left < 0) {
          break;
        }
      }
    }
    return colours[last];
  }

  private void shorten(double[] distances, Lab centre) {
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.min(distances[i], colours[i].squaredDistance(centre));
    }
  }

  /** Moves the free centres until no colour changes its cluster; returns the weighted error. */
  private double improve() {
    double error = assign();
    for (int round = 0; round < MAX_ROUNDS && centreCount > fixed; round++) {
      moveCentres();
      double better = assign();
      if (better >= error) {
        return better;
      }
      error = better;
    }
    return error;
  }

  private double assign() {
    double error = 0;
    for (int i = 0; i < colours.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int centre = 0; centre < centreCount; centre++) {
        double distance = colours[i].squaredDistance(centres[centre]);
        if (distance < least) {
          least = distance;
          clusters[i] = centre;
        }
      }
      error += least * weights[i];
    }
    return error;
  }

  private void moveCentres() {
    double[][] sums = new double[centreCount][4];
    for (int i = 0; i < colours.length; i++) {
      double[] sum = sums[clusters[i]];
      sum[0] += weights[i] * colours[i].lightness();
      sum[1] += weights[i] * colours[i].a();
      sum[2] += weights[i] * colours[i].b();
      sum[3] += weights[i];
    }
    for (int centre = fixed; centre < centreCount; centre++) {
      double[] sum = sums[centre];
      if (sum[3] > 0) {
        centres[centre] = new Lab(sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]);
      }
    }
  }
}
