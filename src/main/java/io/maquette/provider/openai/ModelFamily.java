package io.maquette.provider.openai;

import io.maquette.provider.ImageCapabilities;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Differences between the parameters of OpenAI's model families, by the names of the models
 * (developers.openai.com, API reference and deprecations, 2026-11-30). Gateways put a prefix with a
 * slash before the name.
 */
final class ModelFamily {

  private static final Pattern GPT_IMAGE = Pattern.compile("(gpt|chatgpt)-image.*");

  /** Reasoning models: o1 and later, GPT-5 and later. */
  private static final Pattern REASONING = Pattern.compile("o[1-9].*|gpt-([5-9]|[1-9][0-9]).*");

  private ModelFamily() {}

  /**
   * Returns whether a model always answers with base64 and refuses {@code response_format}. Other
   * models, such as those of compatible servers, take it.
   */
  static boolean refusesResponseFormat(String model) {
    return GPT_IMAGE.matcher(nameOf(model)).matches();
  }

  /**
   * Returns the options of a picture with this model. Those of other families are unknown, because
   * compatible servers have models of their own (guide Image generation, 2026-11-30).
   */
  static ImageCapabilities capabilities(String model) {
    return GPT_IMAGE.matcher(nameOf(model)).matches()
        ? new ImageCapabilities(
            10,
            ImageCapabilities.sizes("1:1", "1024x1024", "3:2", "1536x1024", "2:3", "1024x1536"),
            List.of("low", "medium", "high"),
            false,
            Optional.empty())
        : ImageCapabilities.NONE;
  }

  /**
   * Returns whether a chat model reasons before it answers. Such a model takes {@code
   * reasoning_effort} and refuses {@code temperature}.
   */
  static boolean reasons(String model) {
    return REASONING.matcher(nameOf(model)).matches();
  }

  private static String nameOf(String model) {
    return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
