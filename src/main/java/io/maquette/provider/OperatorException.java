package io.maquette.provider;

import java.util.Optional;

/**
 * Provider failure that only an operator can fix ({@link Problem#isForOperator}). Its message
 * begins with the setting to check, if one is known.
 */
public class OperatorException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE = 300;

  private final String setting;

  /**
   * Creates a failure with all details.
   *
   * @param problem one that {@link Problem#isForOperator}
   * @param setting name of the setting to check, or of several; null if none is known
   * @param words the provider's own words; free of secrets
   */
  public OperatorException(Problem problem, String setting, String words) {
    this(problem, setting, null, words);
  }

  /**
   * Creates a failure with a hint for the operator.
   *
   * @param problem one that {@link Problem#isForOperator}
   * @param setting name of the setting to check, or of several
   * @param hint what helps to change the setting; null for nothing
   * @param words the provider's own words; free of secrets
   */
  public OperatorException(Problem problem, String setting, String hint, String words) {
    super(problem, message(setting, hint, words));
    if (!problem.isForOperator()) {
      throw new IllegalArgumentException(problem + " is not a problem for an operator");
    }
    this.setting = setting;
  }

  /** Creates the failure of a setting that does not fit the provider. */
  public static OperatorException misconfigured(String setting, String words) {
    return new OperatorException(Problem.MISCONFIGURED, setting, words);
  }

  private static String message(String setting, String hint, String words) {
    String message =
        setting == null
            ? words
            : "check " + setting + (hint == null ? "" : " (" + hint + ")") + ": " + words;
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /** Returns the setting to check, if one is known. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }
}
