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
    double contact,
    double tipping,
    int floating,
    int islands,
    double support,
    Printability.Verdict verdict,
    String summary,
    List<RemarkView> remarks) {

  /** Remark for the user before printing. */
  public record RemarkView(Printability.Remark code, String text) {}

  static PrintabilityView of(Printability model) {
    return new PrintabilityView(
        rounded(model.extent().width(), 100),
        rounded(model.extent().depth(), 100),
        rounded(model.extent().height(), 100),
        rounded(model.shell().volume(), 10),
        rounded(model.shell().area(), 10),
        model.shell().faces(),
        model.shell().closed(),
        model.shell().openEdges(),
        model.shell().parts(),
        rounded(model.thinWalls(), 1000),
        rounded(model.overhangs(), 1000),
        rounded(model.standing().contact(), 10),
        rounded(model.standing().tipping(), 10),
        model.standing().floating(),
        model.standing().islands(),
        rounded(model.standing().support(), 1),
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
      case OPEN -> texts.get(key, model.shell().openEdges());
      case SEVERAL_PARTS -> texts.get(key, model.shell().parts());
      case FLOATING -> texts.get(key, model.standing().floating());
      case TIPS_OVER -> texts.get(key, Math.max(0, Math.round(model.standing().tipping())));
      case LITTLE_CONTACT ->
          texts.get(key, Math.round(model.standing().contact()), Math.round(model.leastContact()));
      case TOO_LARGE, TOO_SMALL -> texts.get(key, Math.round(model.extent().longest()));
      case THIN_WALLS -> texts.get(key, model.thinWalls());
      case OVERHANGS -> texts.get(key, model.overhangs());
    };
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
