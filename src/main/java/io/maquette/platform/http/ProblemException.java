package io.maquette.platform.http;

import java.util.List;

/** Ends a request with a problem; nothing has been changed. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** A problem whose message is the text under its code. */
  public ProblemException(ProblemCode code) {
    this(Problem.of(code, Texts.ofRequest().get("problem." + code), null));
  }

  public ProblemException(Problem problem) {
    super(problem.error());
    this.problem = problem;
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }

  /**
   * A field that is not acceptable.
   *
   * @param field its name in the request
   * @param text key of the text that says what it must be
   */
  public static ProblemException ofField(String field, String text, Object... arguments) {
    return ofFields(
        List.of(new Problem.FieldProblem(field, Texts.ofRequest().get(text, arguments))));
  }

  /** Fields that are not acceptable. */
  public static ProblemException ofFields(List<Problem.FieldProblem> fields) {
    return new ProblemException(Problem.ofFields(fields, Texts.ofRequest()));
  }
}
