package io.maquette.mesh;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Printability report of a model in its present orientation, printed solid.
 *
 * @param extent size of the box around the model
 * @param shell the surface as a whole
 * @param standing how the model stands on the build plate
 * @param thinWalls share of the surface, 0 to 1, where the wall thickness is below {@link #WALL}
 * @param overhangs share of the surface, 0 to 1, that overhangs by more than {@link #OVERHANG}
 *     degrees and is not on the build plate
 */
public record Printability(
    Extent extent, Shell shell, Standing standing, double thinWalls, double overhangs) {

  /** Minimum wall thickness in millimetres: two lines of a 0.4 mm nozzle. */
  static final double WALL = 0.8;

  /** Overhang in degrees from vertical that most printers manage without support. */
  static final double OVERHANG = 45;

  /** Longest side that fits the build plate of most home printers, in millimetres. */
  static final double BED = 220;

  /** Length of the longest side below which a print is not useful, in millimetres. */
  private static final double MIN_SIZE = 10;

  private static final double MUCH_THIN = 0.05;
  private static final double MUCH_OVERHANG = 0.08;

  /** Tipping angle in degrees below which the movement of the printer may throw a model over. */
  private static final double STEADY = 6;

  /**
   * Least contact of a model, as a share of the square of its height. A model of 80 mm needs 128
   * square millimetres. Below that, models came off the plate or needed a brim.
   */
  private static final double MIN_CONTACT = 0.02;

  /**
   * Size of the box around a model, in millimetres.
   *
   * @param width left to right
   * @param depth front to back
   */
  public record Extent(double width, double depth, double height) {

    /** Returns the longest side. */
    public double longest() {
      return Math.max(width, Math.max(depth, height));
    }
  }

  /**
   * Surface of a model as a whole.
   *
   * @param volume in cubic millimetres; only an estimate if the surface is not closed
   * @param area in square millimetres
   * @param faces number of triangles
   * @param closed whether the surface is manifold: every edge has exactly two faces with consistent
   *     orientation, and normals point outwards
   * @param openEdges number of edges that violate this
   * @param parts number of separate pieces
   */
  public record Shell(
      double volume, double area, int faces, boolean closed, int openEdges, int parts) {}

  /** Remark of the report for the user who prints the model. */
  public enum Remark {
    /** The surface is not closed; a slicer must repair it first, if it can. */
    OPEN,
    /** The model has separate pieces, which are printed side by side. */
    SEVERAL_PARTS,
    /** Pieces start in the air. */
    FLOATING,
    /** The model falls over by itself or when the printer moves. */
    TIPS_OVER,
    /** The contact with the build plate is too small for the height. */
    LITTLE_CONTACT,
    TOO_LARGE,
    TOO_SMALL,
    THIN_WALLS,
    OVERHANGS
  }

  /** Overall result of the report. */
  public enum Verdict {
    READY,
    WITH_CARE,
    NOT_AS_IT_IS
  }

  /** Returns the remarks; empty if there are no problems. */
  public List<Remark> remarks() {
    return List.of(Remark.values()).stream().filter(this::isDue).toList();
  }

  private boolean isDue(Remark remark) {
    return switch (remark) {
      case OPEN -> !shell.closed();
      case SEVERAL_PARTS -> shell.parts() > 1;
      case FLOATING -> standing.floating() > 0;
      case TIPS_OVER -> standing.tipping() < STEADY;
      case LITTLE_CONTACT -> standing.contact() < leastContact();
      case TOO_LARGE -> extent.longest() > BED;
      case TOO_SMALL -> extent.longest() < MIN_SIZE;
      case THIN_WALLS -> thinWalls > MUCH_THIN;
      case OVERHANGS -> overhangs > MUCH_OVERHANG;
    };
  }

  /** Returns the least contact for the model's height, in square millimetres. */
  public double leastContact() {
    return MIN_CONTACT * extent.height() * extent.height();
  }

  /** Returns the overall result, which is ready if there are no remarks. */
  public Verdict verdict() {
    List<Remark> remarks = remarks();
    if (remarks.isEmpty()) {
      return Verdict.READY;
    }
    boolean mustChange =
        !shell.closed() || remarks.contains(Remark.FLOATING) || standing.tipping() <= 0;
    return mustChange ? Verdict.NOT_AS_IT_IS : Verdict.WITH_CARE;
  }

  JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("width", extent.width())
        .add("depth", extent.depth())
        .add("height", extent.height())
        .add("volume", shell.volume())
        .add("surface", shell.area())
        .add("faces", shell.faces())
        .add("closed", shell.closed())
        .add("openEdges", shell.openEdges())
        .add("parts", shell.parts())
        .add("thinWalls", thinWalls)
        .add("overhangs", overhangs)
        .add("contact", standing.contact())
        .add("tipping", standing.tipping())
        .add("floating", standing.floating())
        .add("islands", standing.islands())
        .add("support", standing.support())
        .build();
  }

  /** Returns whether a stored report has all that this version computes. */
  static boolean isComplete(JsonObject json) {
    return json.containsKey("support");
  }

  static Printability of(JsonObject json) {
    return new Printability(
        new Extent(number(json, "width"), number(json, "depth"), number(json, "height")),
        new Shell(
            number(json, "volume"),
            number(json, "surface"),
            json.getInt("faces"),
            json.getBoolean("closed"),
            json.getInt("openEdges"),
            json.getInt("parts")),
        new Standing(
            number(json, "contact"),
            number(json, "tipping"),
            json.getInt("floating"),
            json.getInt("islands"),
            number(json, "support")),
        number(json, "thinWalls"),
        number(json, "overhangs"));
  }

  private static double number(JsonObject json, String name) {
    return json.getJsonNumber(name).doubleValue();
  }
}
