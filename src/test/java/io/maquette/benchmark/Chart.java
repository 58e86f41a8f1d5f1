package io.maquette.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Throughput as bars: one panel for each place, with the contestants on equal work above the peers
 * without history and ledger. A dashed line continues maquette's bar down its panel.
 */
final class Chart {

  private static final int BAR = 22;
  private static final int ROW = 30;
  private static final int HEADING = 34;
  private static final int LEFT = 170;
  private static final int WIDTH = 760;
  private static final int FIGURE = 90;
  private static final String OURS = "#2563eb";
  private static final String EQUAL = "#64748b";
  private static final String LESS = "#cbd5e1";

  private final List<Report.Place> places;
  private final StringBuilder shapes = new StringBuilder();
  private final double scale;
  private int y;

  Chart(List<Report.Place> places) {
    this.places = places;
    double most =
        places.stream()
            .flatMap(place -> place.readings().stream())
            .mapToDouble(Readings::most)
            .max()
            .orElseThrow();
    scale = (WIDTH - LEFT - FIGURE) / most;
  }

  String svg() {
    for (Report.Place place : places) {
      panel(place);
    }
    int height = y + ROW / 2;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"14\">%n"
                + "<title>Tasks per second</title>%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            WIDTH,
            height)
        + shapes
        + "</svg>\n";
  }

  private void panel(Report.Place place) {
    y += HEADING;
    text(12, "start", "font-size=\"17\" font-weight=\"bold\"", "Tasks per second, " + place.name());
    int top = y;
    List<Readings> less =
        place.readings().stream().filter(of -> !of.isOurs() && !of.isEqual()).toList();
    List<Readings> equal = place.readings().stream().filter(of -> !less.contains(of)).toList();
    group("Equal work: history and submission ledger", equal);
    group(equal.isEmpty() ? "" : "Less work: no history, no ledger", less);
    double ours = place.median(Readings.OURS);
    if (!Double.isNaN(ours)) {
      shapes.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%1$.0f\" x2=\"%1$.0f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\""
                  + " stroke-dasharray=\"4 4\"/>%n",
              LEFT + ours * scale,
              top + HEADING,
              y,
              OURS));
    }
  }

  private void group(String name, List<Readings> readings) {
    if (readings.isEmpty()) {
      return;
    }
    if (!name.isEmpty()) {
      y += HEADING - 8;
      text(LEFT, "start", "fill=\"#475569\"", name);
      y += 8;
    } else {
      y += 12;
    }
    Stream.concat(
            readings.stream().filter(Readings::isOurs),
            readings.stream().filter(of -> !of.isOurs()))
        .forEach(this::bar);
  }

  private void bar(Readings of) {
    double median = of.median(Readings.Reading::tasksPerSecond);
    String weight = of.isOurs() ? "font-weight=\"bold\"" : "";
    shapes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>"
                + "<line x1=\"%.0f\" x2=\"%.0f\" y1=\"%d\" y2=\"%d\" stroke=\"#222\"/>%n",
            LEFT,
            y,
            median * scale,
            BAR,
            of.isOurs() ? OURS : of.isEqual() ? EQUAL : LESS,
            LEFT + of.least() * scale,
            LEFT + of.most() * scale,
            y + BAR / 2,
            y + BAR / 2));
    y += BAR / 2 + 5;
    text(LEFT - 10, "end", weight, of.contestant());
    text(LEFT + of.most() * scale + 8, "start", weight, Math.round(median) + " / s");
    y += ROW - BAR / 2 - 5;
  }

  private void text(double x, String anchor, String style, String content) {
    shapes.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>%n",
            x,
            y,
            anchor,
            style,
            content));
  }
}
