package io.maquette.batch;

import java.util.Objects;

/**
 * Parameters of an import.
 *
 * @param owner owner of the new tasks
 * @param file prompts
 * @param skipLimit maximum number of wrong lines
 */
public record ImportOrder(String owner, PromptFile file, long skipLimit) {

  private static final String OWNER = "owner";
  private static final String FORMAT = "format";

  /**
   * Checks every line of the file.
   *
   * @throws BatchException.InvalidPromptFile if more lines are wrong than {@code skipLimit}
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
