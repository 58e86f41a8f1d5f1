package io.maquette.files.web;

import io.maquette.http.Messages;
import io.maquette.mesh.Printability;
import java.util.List;

/**
 * JSON view of the printability report of a model: lengths in millimetres, with the model standing
 * upright.
 */
public record PrintabilityView(
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
    double overhangs,
    Printability.Verdict verdict,
    String summary,
    List<RemarkView> remarks) {

  /** Remark for the user before printing. */
  public record RemarkView(Printability.Remark code, String text) {}

  static PrintabilityView of(Printability model) {
    return new PrintabilityView(
        rounded(model.width(), 100),
        rounded(model.depth(), 100),
        rounded(model.height(), 100),
        rounded(model.volume(), 10),
        rounded(model.surface(), 10),
        model.faces(),
        model.closed(),
        model.openEdges(),
        model.parts(),
        rounded(model.thinWalls(), 1000),
        rounded(model.overhangs(), 1000),
        model.verdict(),
        Messages.ofRequest().get("printability." + model.verdict()),
        model.remarks().stream()
            .map(remark -> new RemarkView(remark, text(model, remark)))
            .toList());
  }

  private static String text(Printability model, Printability.Remark remark) {
    Messages texts = Messages.ofRequest();
    String key = "printability." + remark;
    return switch (remark) {
      case OPEN -> texts.get(key, model.openEdges());
      case SEVERAL_PARTS -> texts.get(key, model.parts());
      case TOO_LARGE, TOO_SMALL ->
          texts.get(
              key, Math.round(Math.max(model.height(), Math.max(model.width(), model.depth()))));
      case THIN_WALLS -> texts.get(key, model.thinWalls());
      case OVERHANGS -> texts.get(key, model.overhangs());
    };
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
