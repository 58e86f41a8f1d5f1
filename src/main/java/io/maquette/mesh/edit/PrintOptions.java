package io.maquette.mesh.edit;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes to a model before a print. Values that have no effect are 0, and lengths are rounded to
 * 0.001 mm, so that equal changes have an equal {@link #text()}.
 *
 * @param size size of the printed model, with its base
 * @param orientation what points down
 * @param base what is under the model
 * @param hollow cavity within the model
 * @param shape repair, parts and number of triangles
 */
public record PrintOptions(
    Size size, Orientation orientation, Base base, Hollow hollow, Shape shape) {

  /** Options that change nothing. */
  public static final PrintOptions NONE =
      new PrintOptions(
          new Size(SizeKind.KEEP, 0, 0, 0, 0),
          new Orientation(OrientationKind.AS_IS, 0, 0, 0),
          new Base(BaseKind.NONE, 0, 0, 0, 0),
          new Hollow(0, 0, 0),
          new Shape(RepairKind.AS_NEEDED, 256, PartsKind.KEEP, 0));

  /** Version of the operations; a change makes stored results stale. */
  private static final int VERSION = 1;

  /** Measure that a size sets. */
  public enum SizeKind {
    /** The model keeps its size. */
    KEEP,
    /** The height is given. */
    HEIGHT,
    /** The width, left to right, is given. */
    WIDTH,
    /** The longest side of the box is given. */
    LONGEST,
    /** The model is as large as a build space allows. */
    FIT
  }

  /** Choice of the side that points down. */
  public enum OrientationKind {
    /** The model keeps its orientation. */
    AS_IS,
    /** The largest flat contact points down. */
    FLATTEST,
    /** The side with the least overhang above it points down. */
    LEAST_OVERHANG,
    /** A given direction points down, such as the normal of a face. */
    FACE_DOWN
  }

  /** Kind of a base. */
  public enum BaseKind {
    NONE,
    /** The lowest part is cut off. */
    CUT_FLAT,
    DISC,
    /** A rectangle with rounded corners. */
    PLATE
  }

  /** Time of the repair. */
  public enum RepairKind {
    /** Only if the surface is open and another change needs a closed one. */
    AS_NEEDED,
    ALWAYS
  }

  /** Treatment of connected parts. */
  public enum PartsKind {
    KEEP,
    /** Each part stands on the build plate, side by side. */
    APART,
    /** Touching and overlapping parts become one solid. */
    JOINED
  }

  /** Wrong value of an option. */
  public static final class InvalidOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final Rule rule;
    private final transient List<Object> bounds;

    /** Rule that a value must satisfy. */
    public enum Rule {
      /** The value is a number within two bounds. */
      RANGE,
      NUMBER,
      WHOLE,
      /** The value is one of a list of names. */
      CHOICE,
      /** The value is an object with options. */
      GROUP,
      /** The option has a known name. */
      KNOWN,
      /** The three coordinates are a direction, not zero. */
      DIRECTION
    }

    InvalidOptionException(String option, Rule rule, Object... bounds) {
      super(option + " violates " + rule + " " + Arrays.toString(bounds));
      this.option = option;
      this.rule = rule;
      this.bounds = List.of(bounds);
    }

    /** Returns the name of the option in JSON, such as {@code hollow.wall}. */
    public String option() {
      return option;
    }

    public Rule rule() {
      return rule;
    }

    /** Returns the bounds or names of the rule. */
    public Object[] bounds() {
      return bounds == null ? new Object[0] : bounds.toArray();
    }
  }

  /**
   * Size of the printed model.
   *
   * @param millimetres the measure, 1 to 2000; for HEIGHT, WIDTH and LONGEST
   * @param plateWidth size of the build space, left to right, 10 to 2000 mm; for FIT
   * @param plateDepth size of the build space, front to back, 10 to 2000 mm; for FIT
   * @param plateHeight height of the build space, 10 to 2000 mm; for FIT
   */
  public record Size(
      SizeKind kind, double millimetres, double plateWidth, double plateDepth, double plateHeight) {

    /** Checks and rounds the values. */
    public Size {
      boolean isFit = kind == SizeKind.FIT;
      boolean isMeasure = kind != SizeKind.KEEP && !isFit;
      millimetres = isMeasure ? checked("size.millimetres", millimetres, 1, 2000) : 0;
      plateWidth = isFit ? checked("size.plateWidth", plateWidth, 10, 2000) : 0;
      plateDepth = isFit ? checked("size.plateDepth", plateDepth, 10, 2000) : 0;
      plateHeight = isFit ? checked("size.plateHeight", plateHeight, 10, 2000) : 0;
    }
  }

  /**
   * Orientation of the printed model.
   *
   * @param x direction that points down, in the coordinates of the model as it is; for FACE_DOWN
   * @param y see x
   * @param z see x
   */
  public record Orientation(OrientationKind kind, double x, double y, double z) {

    /** Checks the direction and makes its length 1. */
    public Orientation {
      if (kind == OrientationKind.FACE_DOWN) {
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 1e-6 && length < 1e6)) {
          throw new InvalidOptionException("orientation", InvalidOptionException.Rule.DIRECTION);
        }
        x = Math.round(x / length * 1e6) / 1e6;
        y = Math.round(y / length * 1e6) / 1e6;
        z = Math.round(z / length * 1e6) / 1e6;
      } else {
        x = 0;
        y = 0;
        z = 0;
      }
    }
  }

  /**
   * Base of the printed model.
   *
   * @param cut height of the part that is cut off, 0.1 to 500 mm; for all but NONE
   * @param thickness of the disc or plate, 0.4 to 50 mm
   * @param margin of the disc or plate around the cut, 0.5 to 100 mm
   * @param colour of the disc or plate, 0xRRGGBB
   */
  public record Base(BaseKind kind, double cut, double thickness, double margin, int colour) {

    /** Checks and rounds the values. */
    public Base {
      boolean isPlate = kind == BaseKind.DISC || kind == BaseKind.PLATE;
      cut = kind == BaseKind.NONE ? 0 : checked("base.cut", cut, 0.1, 500);
      thickness = isPlate ? checked("base.thickness", thickness, 0.4, 50) : 0;
      margin = isPlate ? checked("base.margin", margin, 0.5, 100) : 0;
      colour = isPlate ? (int) checked("base.colour", colour, 0, 0xFFFFFF) : 0;
    }
  }

  /**
   * Cavity of the printed model.
   *
   * @param wall least thickness of the wall, 0.8 to 50 mm; 0 for a solid model
   * @param holes number of drain holes at the bottom, 0 to 8
   * @param holeDiameter 1 to 20 mm; only with holes
   */
  public record Hollow(double wall, int holes, double holeDiameter) {

    /** Checks and rounds the values. */
    public Hollow {
      wall = wall == 0 ? 0 : checked("hollow.wall", wall, 0.8, 50);
      holes = wall == 0 ? 0 : (int) checked("hollow.holes", holes, 0, 8);
      holeDiameter = holes == 0 ? 0 : checked("hollow.holeDiameter", holeDiameter, 1, 20);
    }
  }

  /**
   * Shape of the surface.
   *
   * @param samples of a repair along the longest side, 32 to 512
   * @param faces maximum number of triangles, 100 to {@link EditMesh#MAX_FACES}; 0 for no maximum
   */
  public record Shape(RepairKind repair, int samples, PartsKind parts, int faces) {

    /** Checks the values. */
    public Shape {
      samples = (int) checked("shape.samples", samples, 32, 512);
      faces = faces == 0 ? 0 : (int) checked("shape.faces", faces, 100, EditMesh.MAX_FACES);
    }
  }

  private static double checked(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new InvalidOptionException(option, InvalidOptionException.Rule.RANGE, least, most);
    }
    return Math.round(value * 1000) / 1000.0;
  }

  /** Returns whether the model may change in a way that needs a closed surface. */
  boolean needClosed() {
    return base.kind() != BaseKind.NONE || hollow.wall() > 0;
  }

  /** Returns a text that is equal for equal options of this version, to name stored results. */
  public String text() {
    return "print-" + VERSION + ":" + toJson();
  }

  /** Returns the options with all values, in a fixed order. */
  public JsonObject toJson() {
    return Json.createObjectBuilder()
        .add(
            "size",
            Json.createObjectBuilder()
                .add("kind", size.kind().name())
                .add("millimetres", size.millimetres())
                .add("plateWidth", size.plateWidth())
                .add("plateDepth", size.plateDepth())
                .add("plateHeight", size.plateHeight()))
        .add(
            "orientation",
            Json.createObjectBuilder()
                .add("kind", orientation.kind().name())
                .add("x", orientation.x())
                .add("y", orientation.y())
                .add("z", orientation.z()))
        .add(
            "base",
            Json.createObjectBuilder()
                .add("kind", base.kind().name())
                .add("cut", base.cut())
                .add("thickness", base.thickness())
                .add("margin", base.margin())
                .add("colour", base.colour()))
        .add(
            "hollow",
            Json.createObjectBuilder()
                .add("wall", hollow.wall())
                .add("holes", hollow.holes())
                .add("holeDiameter", hollow.holeDiameter()))
        .add(
            "shape",
            Json.createObjectBuilder()
                .add("repair", shape.repair().name())
                .add("samples", shape.samples())
                .add("parts", shape.parts().name())
                .add("faces", shape.faces()))
        .build();
  }

  /**
   * Reads options. A missing group or kind changes nothing; other missing values have their usual
   * defaults.
   *
   * @throws InvalidOptionException if a name or a value is wrong
   */
  public static PrintOptions of(JsonObject json) {
    onlyNames("", json, Set.of("size", "orientation", "base", "hollow", "shape"));
    Group size = new Group(json, "size");
    Group turn = new Group(json, "orientation");
    Group base = new Group(json, "base");
    Group hollow = new Group(json, "hollow");
    Group shape = new Group(json, "shape");
    PrintOptions options =
        new PrintOptions(
            new Size(
                size.kind("kind", SizeKind.KEEP),
                size.number("millimetres", 100),
                size.number("plateWidth", 220),
                size.number("plateDepth", 220),
                size.number("plateHeight", 220)),
            new Orientation(
                turn.kind("kind", OrientationKind.AS_IS),
                turn.number("x", 0),
                turn.number("y", 0),
                turn.number("z", 0)),
            new Base(
                base.kind("kind", BaseKind.NONE),
                base.number("cut", 0.6),
                base.number("thickness", 2),
                base.number("margin", 4),
                base.whole("colour", 0x808080)),
            new Hollow(
                hollow.number("wall", 0),
                hollow.whole("holes", 0),
                hollow.number("holeDiameter", 3.5)),
            new Shape(
                shape.kind("repair", RepairKind.AS_NEEDED),
                shape.whole("samples", 256),
                shape.kind("parts", PartsKind.KEEP),
                shape.whole("faces", 0)));
    for (Group group : new Group[] {size, turn, base, hollow, shape}) {
      JsonObject known = options.toJson().getJsonObject(group.name);
      onlyNames(group.name + ".", group.values, known.keySet());
    }
    return options;
  }

  private static void onlyNames(String prefix, JsonObject json, Set<String> known) {
    for (String name : json.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidOptionException(prefix + name, InvalidOptionException.Rule.KNOWN);
      }
    }
  }

  /** Group of options in JSON. */
  private static final class Group {
    private final String name;
    private final JsonObject values;

    Group(JsonObject json, String name) {
      this.name = name;
      JsonValue group = json.getOrDefault(name, JsonValue.EMPTY_JSON_OBJECT);
      if (!(group instanceof JsonObject object)) {
        throw new InvalidOptionException(name, InvalidOptionException.Rule.GROUP);
      }
      values = object;
    }

    double number(String option, double otherwise) {
      JsonValue value = values.get(option);
      if (value == null) {
        return otherwise;
      }
      if (!(value instanceof JsonNumber number)) {
        throw new InvalidOptionException(name + "." + option, InvalidOptionException.Rule.NUMBER);
      }
      return number.doubleValue();
    }

    int whole(String option, int otherwise) {
      double number = number(option, otherwise);
      if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
        throw new InvalidOptionException(name + "." + option, InvalidOptionException.Rule.WHOLE);
      }
      return (int) number;
    }

    <E extends Enum<E>> E kind(String option, E otherwise) {
      JsonValue value = values.get(option);
      if (value == null) {
        return otherwise;
      }
      E[] all = otherwise.getDeclaringClass().getEnumConstants();
      return Arrays.stream(all)
          .filter(one -> value instanceof JsonString text && one.name().equals(text.getString()))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidOptionException(
                      name + "." + option,
                      InvalidOptionException.Rule.CHOICE,
                      Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "))));
    }
  }
}
