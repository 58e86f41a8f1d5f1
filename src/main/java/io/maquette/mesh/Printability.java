package io.maquette.mesh;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Printability report of a model in its present orientation.
 *
 * @param width in millimetres, left to right
 * @param depth in millimetres, front to back
 * @param height in millimetres
 * @param volume in cubic millimetres; only an estimate if the surface is not closed
 * @param surface in square millimetres
 * @param faces number of triangles
 * @param closed whether the surface is manifold: every edge has exactly two faces with consistent
 *     orientation, and normals point outwards
 * @param openEdges number of edges that violate this
 * @param parts number of separate pieces
 * @param thinWalls share of the surface, 0 to 1, where the wall thickness is below {@link #WALL}
 * @param overhangs share of the surface, 0 to 1, that overhangs by more than {@link #OVERHANG}
 *     degrees and is not on the build plate
 */
public record Printability(
    double width,
    double depth,
    double height,
    double volume,
    double surface,
    int faces,
    boolean closed,
    int openEdges,
    int parts,
    double thinWalls,
    double overhangs) {

  /** Minimum wall thickness in millimetres: two lines of a 0.4 mm nozzle. */
  static final double WALL = 0.8;

  /** Overhang in degrees from vertical that most printers manage without support. */
  static final double OVERHANG = 45;

  /** Longest side that fits the build plate of most home printers, in millimetres. */
  static final double BED = 220;

  /** Length of the longest side below which a print is not useful, in millimetres. */
  private static final double LEAST = 10;

  private static final double MUCH_THIN = 0.05;
  private static final double MUCH_OVERHANG = 0.08;

  /** Remark of the report for the user who prints the model. */
  public enum Remark {
    /** The surface is not closed; a slicer must repair it first, if it can. */
    OPEN,
    /** The model has separate pieces, which are printed side by side. */
    SEVERAL_PARTS,
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
    double longest = Math.max(width, Math.max(depth, height));
    return List.of(Remark.values()).stream()
        .filter(
            remark ->
                switch (remark) {
                  case OPEN -> !closed;
                  case SEVERAL_PARTS -> parts > 1;
                  case TOO_LARGE -> longest > BED;
                  case TOO_SMALL -> longest < LEAST;
                  case THIN_WALLS -> thinWalls > MUCH_THIN;
                  case OVERHANGS -> overhangs > MUCH_OVERHANG;
                })
        .toList();
  }

  /** Returns the overall result, which is ready if there are no remarks. */
  public Verdict verdict() {
    if (remarks().isEmpty()) {
      return Verdict.READY;
    }
    return closed ? Verdict.WITH_CARE : Verdict.NOT_AS_IT_IS;
  }

  JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("width", width)
        .add("depth", depth)
        .add("height", height)
        .add("volume", volume)
        .add("surface", surface)
        .add("faces", faces)
        .add("closed", closed)
        .add("openEdges", openEdges)
        .add("parts", parts)
        .add("thinWalls", thinWalls)
        .add("overhangs", overhangs)
        .build();
  }

  static Printability of(JsonObject json) {
    return new Printability(
        number(json, "width"),
        number(json, "depth"),
        number(json, "height"),
        number(json, "volume"),
        number(json, "surface"),
        json.getInt("faces"),
        json.getBoolean("closed"),
        json.getInt("openEdges"),
        json.getInt("parts"),
        number(json, "thinWalls"),
        number(json, "overhangs"));
  }

  private static double number(JsonObject json, String name) {
    return json.getJsonNumber(name).doubleValue();
  }
}
