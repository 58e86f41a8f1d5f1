package io.maquette.provider;

import java.util.List;

/** The port for prompt variants: four printable styles of the user's sentence, one a picture. */
public interface PromptVariants extends Provider {

  /** How many variants, and so pictures, a task has. */
  int COUNT = 4;

  /**
   * Writes the variants.
   *
   * @return exactly {@link #COUNT} different, non-blank sentences; the same for the same prompt
   * @throws ProviderException with the {@link Problem} that says what may be done about it
   */
  List<String> variantsOf(String prompt) throws ProviderException;
}
