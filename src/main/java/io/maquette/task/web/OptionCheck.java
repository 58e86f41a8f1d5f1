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
   * Checks options of a model. At least one provider in use must accept all of them; only such
   * providers get the task, also as a fallback.
   *
   * @return the options, with the providers that accept them; with none if every provider does and
   *     the user has chosen none
   * @throws ProblemException with the code OPTION_NOT_SUPPORTED and the first option that the
   *     preferred provider does not accept
   */
  ModelOptions checked(ModelOptions options) {
    if (options.equals(ModelOptions.NONE)) {
      return options;
    }
    List<ModelProvider> all = providers.models();
    List<ModelProvider> allowed =
        all.stream().filter(provider -> options.mayBeMadeBy(provider.name())).toList();
    if (allowed.isEmpty()) {
      throw refusal(
          new UnsupportedOption("provider", names(all)), String.join(", ", names(all)), List.of());
    }
    List<ModelProvider> able =
        allowed.stream()
            .filter(provider -> provider.capabilities().unsupported(options).isEmpty())
            .toList();
    if (able.isEmpty()) {
      ModelProvider preferred = allowed.get(0);
      UnsupportedOption first = preferred.capabilities().unsupported(options).get(0);
      throw refusal(
          first,
          preferred.name(),
          names(all.stream().filter(other -> accepts(other, options, first.name())).toList()));
    }
    return able.size() == all.size() && options.providers().isEmpty()
        ? options
        : options.at(names(able));
  }

  private static List<String> names(List<ModelProvider> providers) {
    return providers.stream().map(ModelProvider::name).toList();
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
