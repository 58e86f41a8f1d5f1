package io.maquette.provider;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Registry of providers by name, with those that the settings choose. */
@ApplicationScoped
public class Providers {

  private static final Logger LOG = Logger.getLogger(Providers.class.getName());

  @Inject @Any private Instance<ImageProvider> imageProviders;
  @Inject @Any private Instance<ImageEditor> imageEditors;
  @Inject @Any private Instance<PromptVariants> promptProviders;
  @Inject @Any private Instance<ModelProvider> modelProviders;
  @Inject private Settings settings;

  /** Returns the chosen provider of pictures. */
  public ImageProvider images() {
    return chosen(imageProviders, Setting.IMAGE_PROVIDER);
  }

  /** Returns the chosen editor of pictures. */
  public ImageEditor editor() {
    return chosen(imageEditors, Setting.EDIT_PROVIDER);
  }

  /** Returns the chosen provider of prompt variants. */
  public PromptVariants prompts() {
    return chosen(promptProviders, Setting.PROMPT_PROVIDER);
  }

  /**
   * Returns the provider that made or edited a picture, to download it.
   *
   * @throws IllegalStateException if this application has no provider with that name
   */
  public PictureProvider pictures(String name) {
    boolean draws = imageProviders.handlesStream().anyMatch(handle -> nameOf(handle).equals(name));
    return draws ? images(name) : editor(name);
  }

  /**
   * Returns the provider that made a picture, even if the settings now choose another one.
   *
   * @throws IllegalStateException if this application has no provider with that name
   */
  public ImageProvider images(String name) {
    return named(imageProviders, name, "A picture's provider " + name);
  }

  /**
   * Returns the editor that changed a picture, even if the settings now choose another one.
   *
   * @throws IllegalStateException if this application has no provider with that name
   */
  public ImageEditor editor(String name) {
    return named(imageEditors, name, "A picture's provider " + name);
  }

  /** Returns the chosen providers of models, in order of preference; never empty. */
  public List<ModelProvider> models() {
    return settings.get(Setting.MODEL_PROVIDERS).stream()
        .map(name -> named(modelProviders, name, Setting.MODEL_PROVIDERS.name() + "=" + name))
        .toList();
  }

  /**
   * Returns the provider to which a job was submitted, regardless of the current settings.
   *
   * @throws IllegalStateException if this application has no provider with that name
   */
  public ModelProvider model(String name) {
    return named(modelProviders, name, "A job's provider " + name);
  }

  /** Returns all chosen providers; the same name may occur for several ports. */
  public List<Provider> chosen() {
    return Stream.concat(Stream.of(images(), editor(), prompts()), models().stream()).toList();
  }

  /**
   * Checks that the chosen providers exist and that their settings are complete.
   *
   * @throws IllegalStateException naming the wrong setting
   */
  public void check() {
    images().check();
    editor().check();
    prompts().check();
    models().forEach(ModelProvider::check);
    if (!"false".equals(System.getProperty("sun.net.http.retryPost"))
        && (images().costs()
            || editor().costs()
            || models().stream().anyMatch(ModelProvider::costs))) {
      LOG.warning(
          "The HTTP client may send a submission twice when its connection is lost, and both may be"
              + " charged: start the server with -Dsun.net.http.retryPost=false, as server-config"
              + " does");
    }
  }

  private <T> T chosen(Instance<T> all, Setting<String> setting) {
    String name = settings.get(setting);
    return named(all, name, setting.name() + "=" + name);
  }

  private static <T> T named(Instance<T> all, String name, String what) {
    return all.handlesStream()
        .filter(handle -> nameOf(handle).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    what
                        + " is invalid: it must be one of "
                        + all.handlesStream().map(Providers::nameOf).sorted().toList()))
        .get();
  }

  private static String nameOf(Instance.Handle<?> handle) {
    return handle.getBean().getBeanClass().getAnnotation(Named.class).value();
  }
}
