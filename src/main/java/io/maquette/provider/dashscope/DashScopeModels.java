package io.maquette.provider.dashscope;

import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.NumberRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Differences between DashScope's models, by their names (help.aliyun.com, Model Studio: API
 * references of Wan, Qwen-Image and Z-Image, 2026-11).
 */
final class DashScopeModels {

  /** Models with a synchronous interface only. */
  private static final Pattern SYNCHRONOUS =
      Pattern.compile("wan(2\\.([6-9]|[1-9][0-9])|[3-9]).*|qwen-image.*|z-image.*");

  /** Models that only make large pictures. */
  private static final Pattern LARGE = Pattern.compile("wan(2\\.([5-9]|[1-9][0-9])|[3-9]).*");

  /** Accepted seeds of all models. */
  private static final NumberRange SEEDS = new NumberRange(0, Integer.MAX_VALUE);

  /** Number of pictures of one request of the Wan models. */
  private static final int WAN_COUNT = 4;

  private DashScopeModels() {}

  static boolean isSynchronous(String model) {
    return SYNCHRONOUS.matcher(model).matches();
  }

  /** Returns the options of a picture with this model. */
  static ImageCapabilities capabilities(String model) {
    return new ImageCapabilities(
        model.startsWith("wan") ? WAN_COUNT : 1,
        sizes(model),
        List.of(),
        !model.startsWith("z-image"),
        Optional.of(SEEDS));
  }

  /**
   * Returns a size within the model's limits for each aspect ratio, {@code WxH}. Wan 2.5 and later
   * accept 1280x1280 to 1440x1440 pixels in total, Wan 2.2 and earlier 512 to 1440 for each side.
   */
  private static Map<String, String> sizes(String model) {
    if (model.startsWith("qwen-image")) {
      return ImageCapabilities.sizes("1:1", "1328x1328", "16:9", "1664x928", "9:16", "928x1664");
    }
    return LARGE.matcher(model).matches()
        ? ImageCapabilities.sizes(
            "1:1",
            "1280x1280",
            "4:3",
            "1536x1152",
            "3:4",
            "1152x1536",
            "16:9",
            "1792x1008",
            "9:16",
            "1008x1792")
        : ImageCapabilities.sizes(
            "1:1",
            "1024x1024",
            "4:3",
            "1152x864",
            "3:4",
            "864x1152",
            "16:9",
            "1280x720",
            "9:16",
            "720x1280");
  }
}
