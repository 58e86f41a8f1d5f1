package io.maquette.studio;

import io.maquette.studio.ParsedPrompt.Place;
import io.maquette.studio.ParsedPrompt.Subject;
import io.maquette.studio.Raster.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Arrangement of a prompt's subjects: side by side, apart, on the same level. Worn things are on
 * heads, held things in front, and things of the sky behind.
 */
final class Composition {

  /** Fraction of the picture that the subjects fill. */
  private static final double FILLED = 0.84;

  /** Gap between neighbours, as a fraction of the narrower one. */
  private static final double GAP = 0.09;

  private static final double WORN_WIDTH = 0.62;
  private static final double HELD_SIZE = 0.5;
  private static final double SKY_SIZE = 0.6;

  /** Depth to which a seated subject sinks into its seat, in units of the common plane. */
  private static final double SUNK = 0.06;

  private static final Set<String> NOT_ON_TOP = Set.of("goggles", "scarf");

  /** Number of subjects from which half of them stand in a second, higher row. */
  private static final int TWO_ROWS = 4;

  private static final double SECOND_ROW = 0.55;

  /** Drawing and its position, in units of the common plane, y downwards. */
  private record Placed(String svg, double left, double top, double scale, Bounds own) {
    double right() {
      return left + scale * own.width();
    }

    double bottom() {
      return top + scale * own.height();
    }

    double width() {
      return right() - left;
    }

    double height() {
      return bottom() - top;
    }

    String transformed(double scaleAll, double x, double y) {
      double factor = scale * scaleAll;
      return String.format(
          Locale.ROOT,
          "<g transform=\"matrix(%.5f 0 0 %.5f %.4f %.4f)\">%s</g>",
          factor,
          factor,
          x + scaleAll * left - factor * own.left(),
          y + scaleAll * top - factor * own.top(),
          svg);
    }
  }

  private final ParsedPrompt wish;
  private final int view;
  private final List<Placed> behind = new ArrayList<>();
  private final List<Placed> middle = new ArrayList<>();
  private final List<Placed> front = new ArrayList<>();

  private Composition(ParsedPrompt wish, int view) {
    this.wish = wish;
    this.view = view;
  }

  /**
   * Draws all subjects in a view box of 32 x 32.
   *
   * @param view index of the drawing, for things with several drawings
   */
  static String of(ParsedPrompt wish, int view) {
    return new Composition(wish, view).arranged();
  }

  private String arranged() {
    List<Subject> standing = standing();
    List<Subject> others = new ArrayList<>(wish.subjects());
    others.removeAll(standing);
    boolean isDressed = others.stream().anyMatch(s -> s.place() == Place.WORN);
    int total = standing.stream().mapToInt(Subject::count).sum();
    int firstRow = total < TWO_ROWS ? total : (total + 1) / 2;
    for (Subject subject : standing) {
      String svg = svg(subject, isDressed);
      for (int i = 0; i < subject.count(); i++) {
        if (middle.size() < firstRow) {
          putBeside(svg);
        } else {
          putBehind(svg);
        }
      }
    }
    for (Subject subject : others) {
      String svg = svg(subject, false);
      for (int i = 0; i < subject.count(); i++) {
        attach(subject.place(), subject.name(), svg, i);
      }
    }
    return joined();
  }

  /** Returns the independent subjects; the first one if there are none. */
  private List<Subject> standing() {
    List<Subject> standing =
        wish.subjects().stream().filter(s -> s.place() == Place.BESIDE).toList();
    return standing.isEmpty() ? wish.subjects().subList(0, 1) : standing;
  }

  private String svg(Subject subject, boolean fromTheFront) {
    List<Pictogram> views = subject.views();
    Pictogram chosen = views.get(fromTheFront ? views.size() - 1 : view % views.size());
    boolean isAlone = wish.subjects().stream().filter(s -> s.place() == Place.BESIDE).count() <= 1;
    List<Integer> colours = new ArrayList<>(subject.colours());
    if ((isAlone && subject.place() == Place.BESIDE) || wish.subjects().size() == 1) {
      colours.addAll(wish.colours());
    }
    if (wish.material() != null) {
      return Tint.of(chosen.svg(), wish.material());
    }
    return colours.isEmpty() ? chosen.svg() : Tint.of(chosen.svg(), colours);
  }

  private void putBeside(String svg) {
    Bounds own = Raster.sketch(svg).bounds();
    double scale = 1 / Math.max(own.height(), 0.75 * own.width());
    double left = 0;
    if (!middle.isEmpty()) {
      Placed last = middle.get(middle.size() - 1);
      left = last.right() + GAP * Math.min(last.width(), scale * own.width());
    }
    middle.add(new Placed(svg, left, -scale * own.height(), scale, own));
  }

  private void putBehind(String svg) {
    Placed before = middle.get(behind.size());
    Bounds own = Raster.sketch(svg).bounds();
    double scale = 1 / Math.max(own.height(), 0.75 * own.width());
    double left = (before.left() + before.right() - scale * own.width()) / 2 + 0.3;
    behind.add(new Placed(svg, left, -SECOND_ROW - scale * own.height(), scale, own));
  }

  private void attach(Place place, String name, String svg, int number) {
    Raster sketch = Raster.sketch(svg);
    Bounds own = sketch.bounds();
    Placed to = middle.get(Math.min(number, middle.size() - 1));
    switch (place) {
      case WORN -> {
        boolean onTop = !name.endsWith("glasses") && !NOT_ON_TOP.contains(name);
        double scale = WORN_WIDTH * to.width() / own.width();
        scale = Math.min(scale, 0.75 * to.height() / own.height());
        double middleX =
            onTop
                ? to.left() + to.scale() * (Raster.sketch(to.svg()).middleOfTop() - to.own().left())
                : to.left() + to.width() / 2;
        double down = onTop ? 0.2 : name.equals("scarf") ? 0.62 : 0.34;
        double top = to.top() + down * to.height() - (onTop ? scale * own.height() : 0);
        front.add(new Placed(svg, middleX - scale * own.width() / 2, top, scale, own));
      }
      case BELOW -> {
        double left = middle.get(0).left();
        double right = middle.get(middle.size() - 1).right();
        double scale = 1.2 * (right - left) / own.width();
        double top = -scale * (sketch.seat() - own.top()) - SUNK;
        behind.add(new Placed(svg, (left + right) / 2 - scale * own.width() / 2, top, scale, own));
      }
      case ABOVE -> {
        double size = SKY_SIZE / Math.max(own.width(), own.height());
        Placed last = middle.get(middle.size() - 1);
        double middleX = number % 2 == 0 ? last.right() - 0.1 : middle.get(0).left() + 0.1;
        behind.add(
            new Placed(
                svg,
                middleX - size * own.width() / 2,
                last.top() - 0.55 * size * own.height() + 0.1 * last.height(),
                size,
                own));
      }
      default -> {
        double scale = HELD_SIZE / Math.max(own.width(), own.height());
        front.add(
            new Placed(
                svg,
                to.right() - 0.55 * scale * own.width(),
                -0.1 - scale * own.height(),
                scale,
                own));
      }
    }
  }

  private String joined() {
    List<Placed> all = new ArrayList<>(behind);
    all.addAll(middle);
    all.addAll(front);
    double left = all.stream().mapToDouble(Placed::left).min().orElseThrow();
    double right = all.stream().mapToDouble(Placed::right).max().orElseThrow();
    double top = all.stream().mapToDouble(Placed::top).min().orElseThrow();
    double bottom = all.stream().mapToDouble(Placed::bottom).max().orElseThrow();
    double scale = FILLED * Pictogram.SIDE / Math.max(right - left, bottom - top);
    double x = Pictogram.SIDE / 2.0 - scale * (left + right) / 2;
    double y = Pictogram.SIDE / 2.0 - scale * (top + bottom) / 2;
    StringBuilder svg = new StringBuilder();
    all.forEach(placed -> svg.append(placed.transformed(scale, x, y)));
    return svg.toString();
  }
}
