package io.maquette.provider.siliconflow;

import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.NumberRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of the models at SiliconFlow (docs.siliconflow.cn, API reference, images/generations,
 * read 2026-12-01).
 */
final class SiliconFlowModels {

  /** Accepted seeds. */
  private static final NumberRange SEEDS = new NumberRange(0, 9_999_999_999L);

  /** Number of pictures of one request; only Kolors has the field. */
  private static final int KOLORS_COUNT = 4;

  private SiliconFlowModels() {}

  /** Returns the options of a picture with this model. */
  static ImageCapabilities capabilities(String model) {
    boolean isKolors = model.endsWith("/Kolors");
    return new ImageCapabilities(
        isKolors ? KOLORS_COUNT : 1, sizes(model), List.of(), true, Optional.of(SEEDS));
  }

  /** Returns the documented sizes; each model has its own list. */
  private static Map<String, String> sizes(String model) {
    if (model.endsWith("/Kolors")) {
      return ImageCapabilities.sizes(
          "1:1", "1024x1024", "3:4", "960x1280", "1:2", "720x1440", "9:16", "720x1280");
    }
    return model.endsWith("/Qwen-Image")
        ? ImageCapabilities.sizes(
            "1:1",
            "1328x1328",
            "16:9",
            "1664x928",
            "9:16",
            "928x1664",
            "3:2",
            "1584x1056",
            "2:3",
            "1056x1584")
        : Map.of();
  }
}
