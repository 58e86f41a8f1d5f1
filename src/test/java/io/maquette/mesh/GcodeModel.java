package io.maquette.mesh;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reader of G-code with absolute coordinates: the tools, and the printed plastic with its first
 * layer. Plastic is in millimetres of filament.
 */
final class GcodeModel {

  private static final Pattern WORD = Pattern.compile("\\b([XYZE])(-?[0-9.]+)");
  private static final double FILAMENT = Math.PI * 1.75 * 1.75 / 4;

  private final List<Point2D> firstLayer = new ArrayList<>();
  private final List<String> tools = new ArrayList<>();
  private final double[] position = new double[4];
  private final double[] moments = new double[3];
  private double plastic;
  private double firstPlastic;
  private double firstHeight;

  /** Reads the lines of a file. */
  GcodeModel(List<String> lines) {
    for (String line : lines) {
      String code = line.replaceFirst(";.*", "");
      if (code.startsWith("G1 ")) {
        move(code);
      } else if (code.startsWith("G92 E0")) {
        position[3] = 0;
      } else if (code.matches("T\\d+\\s*") && !tools.contains(code.strip())) {
        tools.add(code.strip());
      }
    }
  }

  private void move(String code) {
    double[] next = position.clone();
    boolean isMoved = false;
    Matcher word = WORD.matcher(code.toUpperCase(Locale.ROOT));
    while (word.find()) {
      int axis = "XYZE".indexOf(word.group(1));
      next[axis] = Double.parseDouble(word.group(2));
      isMoved |= axis < 2;
    }
    double amount = next[3] - position[3];
    if (isMoved && amount > 0) {
      extrude(next, amount);
    }
    System.arraycopy(next, 0, position, 0, 4);
  }

  private void extrude(double[] next, double amount) {
    plastic += amount;
    for (int axis = 0; axis < 3; axis++) {
      moments[axis] += amount * (position[axis] + next[axis]) / 2;
    }
    firstHeight = firstHeight == 0 ? next[2] : firstHeight;
    if (next[2] <= firstHeight) {
      firstPlastic += amount;
      firstLayer.add(new Point2D.Double(position[0], position[1]));
      firstLayer.add(new Point2D.Double(next[0], next[1]));
    }
  }

  /** Returns the tools that the file uses, such as T0. */
  List<String> tools() {
    return tools;
  }

  /** Returns the area of the first layer in mm². */
  double contact() {
    return firstPlastic * FILAMENT / firstHeight;
  }

  /**
   * Returns the angle in degrees at which the print falls over: from its centre of gravity to the
   * nearest edge of the convex hull of its first layer; 0 or less if it does not stand.
   */
  double tipping() {
    List<Point2D> hull = hull();
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < hull.size(); i++) {
      Point2D from = hull.get(i);
      Point2D to = hull.get((i + 1) % hull.size());
      double x = moments[0] / plastic - from.getX();
      double y = moments[1] / plastic - from.getY();
      double inside = (to.getX() - from.getX()) * y - (to.getY() - from.getY()) * x;
      nearest = Math.min(nearest, inside / from.distance(to));
    }
    return Math.toDegrees(Math.atan2(nearest, moments[2] / plastic));
  }

  /** Returns the convex hull, counter-clockwise (Andrew's monotone chain). */
  private List<Point2D> hull() {
    List<Point2D> sorted =
        firstLayer.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Point2D::getX).thenComparingDouble(Point2D::getY))
            .toList();
    List<Point2D> hull = new ArrayList<>();
    for (int way = 0; way < 2; way++) {
      int begin = hull.size();
      for (int i = 0; i < sorted.size(); i++) {
        Point2D next = sorted.get(way == 0 ? i : sorted.size() - 1 - i);
        while (hull.size() >= begin + 2 && !isLeft(hull, next)) {
          hull.remove(hull.size() - 1);
        }
        hull.add(next);
      }
      hull.remove(hull.size() - 1);
    }
    return hull;
  }

  private static boolean isLeft(List<Point2D> hull, Point2D next) {
    Point2D one = hull.get(hull.size() - 2);
    Point2D two = hull.get(hull.size() - 1);
    return (two.getX() - one.getX()) * (next.getY() - one.getY())
            - (two.getY() - one.getY()) * (next.getX() - one.getX())
        > 0;
  }
}
