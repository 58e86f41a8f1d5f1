package io.maquette.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Body of every error: RFC 9457 problem details, with additional members for clients of this API.
 *
 * @param type URI that names the kind of problem
 * @param title name of the kind in words, in English
 * @param status HTTP status
 * @param detail what happened, for the user
 * @param instance URI that identifies this occurrence in support requests; null if the body
 *     contains everything that is known
 * @param success always false
 * @param code kind of problem, for programs
 * @param error same as {@code detail}
 * @param details additional data, depending on the code; may be null
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    boolean success,
    String code,
    String error,
    Object details) {

  /** Media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A refused field and the reason. */
  public record FieldProblem(String field, String message) {}

  /** Id of an internal error in the log. */
  public record Reference(String id) {}

  /** Creates a problem with a message for the user. */
  public static Problem of(ProblemCode code, String message, Object details) {
    return of(code, code.status(), message, null, details);
  }

  private static Problem of(
      ProblemCode code, int status, String message, String instance, Object details) {
    String name = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(
        "urn:maquette:problem:" + name,
        name.replace('-', ' '),
        status,
        message,
        instance,
        false,
        code.name(),
        message,
        details);
  }

  /** Creates the problem of refused fields. */
  static Problem ofFields(List<FieldProblem> fields, Messages texts) {
    String what =
        fields.stream()
            .map(field -> field.field() + " " + field.message())
            .collect(Collectors.joining("; "));
    return of(
        ProblemCode.VALIDATION_ERROR,
        texts.get("problem.VALIDATION_ERROR", what),
        List.copyOf(fields));
  }

  /**
   * Creates the problem of a request that the server itself refused, known only by an HTTP status.
   */
  static Problem ofStatus(int status, Messages texts) {
    ProblemCode code = ProblemCode.ofStatus(status);
    if (code == ProblemCode.VALIDATION_ERROR) {
      Problem problem =
          ofFields(List.of(new FieldProblem("request", texts.get("invalid.request"))), texts);
      return of(code, status, problem.error(), null, problem.details());
    }
    return of(code, status, texts.get("problem." + code, ""), null, null);
  }

  /** Creates the problem of an internal error, which the log has under this id. */
  static Problem ofFault(String id, int status, Messages texts) {
    return of(
        ProblemCode.UNKNOWN_ERROR,
        status,
        texts.get("problem.UNKNOWN_ERROR", id),
        "urn:uuid:" + id,
        new Reference(id));
  }

  /** Creates the response with this body. */
  public Response.ResponseBuilder toResponse() {
    return Response.status(status)
        .type(MediaType.valueOf(MEDIA_TYPE))
        .header("Cache-Control", "no-store")
        .entity(this);
  }
}
