package io.maquette.batch;

import java.util.Objects;

/**
 * What shall be imported.
 *
 * @param owner whose tasks they will be
 * @param file the prompts
 * @param skipLimit how many lines may be wrong
 */
public record ImportOrder(String owner, PromptFile file, long skipLimit) {

  private static final String OWNER = "owner";
  private static final String FORMAT = "format";

  /**
   * Looks at every line.
   *
   * @throws InvalidPromptFileException if more are wrong than may be
   */
  public ImportOrder {
    Objects.requireNonNull(owner, OWNER);
    file.check(skipLimit);
  }

  RunParameters parameters() {
    return new RunParameters.Builder().with(OWNER, owner).with(FORMAT, file.format()).build();
  }

  public static String owner(RunParameters parameters) {
    return parameters.text(OWNER);
  }

  public static PromptFile.Format format(RunParameters parameters) {
    return PromptFile.Format.valueOf(parameters.text(FORMAT));
  }
}
