package io.maquette.task.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.Providers;
import io.maquette.provider.UnsupportedOption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Check of a task's options against the providers in use, before a task uses any of them. */
@ApplicationScoped
public class OptionCheck {

  /**
   * Details of a refused option.
   *
   * @param option name of the option
   * @param accepted accepted values, in words; empty if the provider in use has no such option
   * @param providers names of the providers in use that accept the value
   */
  public record OptionDetails(String option, List<String> accepted, List<String> providers) {}

  private Providers providers;

  /** For CDI. */
  protected OptionCheck() {}

  @Inject
  OptionCheck(Providers providers) {
    this.providers = providers;
  }

  /**
   * Checks options of pictures.
   *
   * @throws ProblemException with the code OPTION_NOT_SUPPORTED and the first option that the
   *     provider in use does not accept
   */
  void check(ImageOptions options) {
    if (options.equals(ImageOptions.NONE)) {
      return;
    }
    ImageProvider provider = providers.images();
    List<UnsupportedOption> unsupported = provider.capabilities().unsupported(options);
    if (!unsupported.isEmpty()) {
      throw refusal(unsupported.get(0), provider.name(), List.of());
    }
  }

  /**
   * Checks options of a model. Every provider in use must accept them, because each may get the
   * task as a fallback of the others.
   *
   * @throws ProblemException with the code OPTION_NOT_SUPPORTED and the first option that a
   *     provider in use does not accept
   */
  void check(ModelOptions options) {
    if (options.equals(ModelOptions.NONE)) {
      return;
    }
    List<ModelProvider> all = providers.models();
    for (ModelProvider provider : all) {
      List<UnsupportedOption> unsupported = provider.capabilities().unsupported(options);
      if (!unsupported.isEmpty()) {
        UnsupportedOption first = unsupported.get(0);
        throw refusal(
            first,
            provider.name(),
            all.stream()
                .filter(other -> accepts(other, options, first.name()))
                .map(ModelProvider::name)
                .toList());
      }
    }
  }

  private static boolean accepts(ModelProvider provider, ModelOptions options, String name) {
    return provider.capabilities().unsupported(options).stream()
        .noneMatch(option -> option.name().equals(name));
  }

  private static ProblemException refusal(
      UnsupportedOption option, String provider, List<String> others) {
    return new ProblemException(
        Problem.of(
            ProblemCode.OPTION_NOT_SUPPORTED,
            Messages.ofRequest().get("problem.OPTION_NOT_SUPPORTED", option.name(), provider),
            new OptionDetails(option.name(), option.accepted(), others)));
  }
}
