package io.maquette.http;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Ends a request with a problem; nothing has been changed. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** A problem whose message is the text under its code. */
  public ProblemException(ProblemCode code) {
    this(Problem.of(code, Messages.ofRequest().get("problem." + code), null));
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
        List.of(new Problem.FieldProblem(field, Messages.ofRequest().get(text, arguments))));
  }

  /** Fields that are not acceptable. */
  public static ProblemException ofFields(List<Problem.FieldProblem> fields) {
    return new ProblemException(Problem.ofFields(fields, Messages.ofRequest()));
  }

  /** Fields that break the constraints of a request record, whose messages are keys of texts. */
  public static ProblemException ofViolations(Set<? extends ConstraintViolation<?>> violations) {
    return ofFields(
        violations.stream()
            .map(
                violation ->
                    new Problem.FieldProblem(
                        nameOf(violation), Messages.ofRequest().get(violation.getMessage())))
            .distinct()
            .sorted(Comparator.comparing(Problem.FieldProblem::field))
            .toList());
  }

  private static String nameOf(ConstraintViolation<?> violation) {
    String name = "body";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.PROPERTY) {
        name = node.getName();
      }
    }
    return name;
  }
}
