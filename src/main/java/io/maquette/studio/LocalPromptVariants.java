package io.maquette.studio;

import io.maquette.provider.Named;
import io.maquette.provider.PromptTemplates;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Prompt variants on this machine: the user's own sentence in four printable styles, in the
 * language of the sentence.
 */
@ApplicationScoped
@Named("local")
public class LocalPromptVariants implements PromptTemplates {

  @Override
  public List<String> variantsOf(String prompt) {
    List<Style> styles = Style.inOrderFor(ParsedPrompt.of(prompt).style());
    return styles.stream().map(style -> style.of(prompt)).toList();
  }
}
