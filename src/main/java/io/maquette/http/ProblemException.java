package io.maquette.http;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Failure that ends a request with a problem; the request has changed nothing. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Creates a problem with the text of its code. */
  public ProblemException(ProblemCode code) {
    this(Problem.of(code, Messages.ofRequest().get("problem." + code), null));
  }

  public ProblemException(Problem problem) {
    super(problem.error());
    this.problem = problem;
  }

  /** Returns the body of the response. */
  public Problem problem() {
    return problem;
  }

  /**
   * Creates the refusal of a field.
   *
   * @param field its name in the request
   * @param text key of the text that describes an acceptable value
   */
  public static ProblemException ofField(String field, String text, Object... arguments) {
    return ofFields(
        List.of(new Problem.FieldProblem(field, Messages.ofRequest().get(text, arguments))));
  }

  /** Creates the refusal of several fields. */
  public static ProblemException ofFields(List<Problem.FieldProblem> fields) {
    return new ProblemException(Problem.ofFields(fields, Messages.ofRequest()));
  }

  /**
   * Creates the refusal of fields that violate a request record's constraints; messages are keys of
   * texts.
   */
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
