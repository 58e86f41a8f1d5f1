package io.maquette.provider;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.function.Function;

/** The providers the settings choose, by their names. */
@ApplicationScoped
public class Providers {

  @Inject @Any private Instance<ImageProvider> imageProviders;
  @Inject @Any private Instance<PromptVariants> promptProviders;
  @Inject @Any private Instance<ModelProvider> modelProviders;
  @Inject private Settings settings;

  /** Who makes the pictures. */
  public ImageProvider images() {
    return chosen(imageProviders, ImageProvider::name, Setting.IMAGE_PROVIDER);
  }

  /** Who writes the variants of a prompt. */
  public PromptVariants prompts() {
    return chosen(promptProviders, PromptVariants::name, Setting.PROMPT_PROVIDER);
  }

  /** Who makes new models. */
  public ModelProvider models() {
    return chosen(modelProviders, ModelProvider::name, Setting.MODEL_PROVIDER);
  }

  /**
   * The provider a job was submitted to, whatever the settings say by now.
   *
   * @throws IllegalStateException if this application has none of that name
   */
  public ModelProvider model(String name) {
    return named(modelProviders, ModelProvider::name, name, "A job's provider " + name);
  }

  /**
   * Checks that the settings name providers there are.
   *
   * @throws IllegalStateException naming the setting that does not
   */
  public void check() {
    images();
    prompts();
    models();
  }

  private <T> T chosen(Instance<T> all, Function<T, String> nameOf, Setting<String> setting) {
    String name = settings.get(setting);
    return named(all, nameOf, name, setting.name() + "=" + name);
  }

  private static <T> T named(
      Instance<T> all, Function<T, String> nameOf, String name, String what) {
    return all.stream()
        .filter(provider -> nameOf.apply(provider).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    what
                        + " is not acceptable: it must be one of "
                        + all.stream().map(nameOf).sorted().toList()));
  }
}
