package io.maquette.provider;

import java.util.List;

/** Prompt variants that need no service; they replace a chat model that does not answer. */
public interface PromptTemplates extends PromptVariants {

  @Override
  List<String> variantsOf(String prompt);
}
