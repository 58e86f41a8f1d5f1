package io.maquette.provider;

import java.util.List;

/** Port for prompt variants: four printable styles of the user's sentence, one per picture. */
public interface PromptVariants extends Provider {

  /** Number of variants, and therefore of pictures, of a task. */
  int COUNT = 4;

  /**
   * Writes the variants.
   *
   * @return exactly {@link #COUNT} different, non-blank sentences; the same for the same prompt
   * @throws ProviderException with the {@link Problem}, which decides how to proceed
   */
  List<String> variantsOf(String prompt) throws ProviderException;
}
