package io.maquette.mesh;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What matters of a model to whoever prints it, standing as it does.
 *
 * @param width in millimetres, left to right
 * @param depth in millimetres, front to back
 * @param height in millimetres
 * @param volume in cubic millimetres; of a surface that is not closed no more than a guess
 * @param surface in square millimetres
 * @param faces triangles
 * @param closed whether every edge has exactly two faces, which agree on what is outside, and the
 *     outside is out
 * @param openEdges edges for which that does not hold
 * @param parts pieces that do not hang together
 * @param thinWalls share of the surface, 0 to 1, behind which less than {@link #WALL} is solid
 * @param overhangs share of the surface, 0 to 1, that hangs over by more than {@link #OVERHANG}
 *     degrees and does not lie on the bed
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

  /** Two lines of a 0.4 mm nozzle, in millimetres. */
  public static final double WALL = 0.8;

  /** Degrees from upright that most printers manage without support. */
  public static final double OVERHANG = 45;

  /** The longest side that fits most printers at home, in millimetres. */
  public static final double BED = 220;

  /** A shortest longest side that is worth printing, in millimetres. */
  private static final double LEAST = 10;

  private static final double MUCH_THIN = 0.05;
  private static final double MUCH_OVERHANG = 0.08;

  /** Something that whoever prints it should know. */
  public enum Remark {
    /** A slicer must repair it first, if it can. */
    OPEN,
    /** Its pieces are printed beside each other. */
    SEVERAL_PARTS,
    TOO_LARGE,
    TOO_SMALL,
    THIN_WALLS,
    OVERHANGS
  }

  /** What all of it comes to. */
  public enum Verdict {
    READY,
    WITH_CARE,
    NOT_AS_IT_IS
  }

  /** What is to be said of it; nothing where all is well. */
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

  /** Ready where nothing is to be said. */
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
