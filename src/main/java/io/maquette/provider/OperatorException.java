package io.maquette.provider;

import java.util.Optional;

/**
 * A problem that only an operator can solve ({@link Problem#isForOperator}). Its message begins
 * with the setting to look at, where one is known.
 */
public class OperatorException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE = 300;

  private final String setting;

  /**
   * A problem with everything known about it.
   *
   * @param problem one that {@link Problem#isForOperator}
   * @param setting name of the setting to look at, or of several; null if none is known
   * @param words the provider's own; free of secrets
   */
  public OperatorException(Problem problem, String setting, String words) {
    super(problem, message(setting, words));
    if (!problem.isForOperator()) {
      throw new IllegalArgumentException(problem + " is not for an operator");
    }
    this.setting = setting;
  }

  /** A setting that does not fit the provider. */
  public static OperatorException misconfigured(String setting, String words) {
    return new OperatorException(Problem.MISCONFIGURED, setting, words);
  }

  private static String message(String setting, String words) {
    String message = setting == null ? words : "check " + setting + ": " + words;
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /** The setting to look at, where one is known. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }
}
