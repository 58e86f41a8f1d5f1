package io.maquette.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The body of every error: RFC 9457 problem details, with the members this API's clients read.
 *
 * @param type a name for the kind of problem, as a URI
 * @param title the same in words, in English
 * @param status the HTTP status
 * @param detail what happened, for people
 * @param instance what to quote when asking about this very problem, as a URI; null where nothing
 *     more is known of it than this body says
 * @param success always false
 * @param code the kind of problem, for programs
 * @param error the same as {@code detail}
 * @param details more, depending on the code; may be null
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

  /** The media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A field and what is wrong with it. */
  public record FieldProblem(String field, String message) {}

  /** The id under which a fault of ours stands in the log. */
  public record Reference(String id) {}

  /** A problem with its message for people. */
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

  /** Fields that are not acceptable. */
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

  /** What the server itself refused, known by nothing but an HTTP status. */
  static Problem ofStatus(int status, Messages texts) {
    ProblemCode code = ProblemCode.ofStatus(status);
    if (code == ProblemCode.VALIDATION_ERROR) {
      Problem problem =
          ofFields(List.of(new FieldProblem("request", texts.get("invalid.request"))), texts);
      return of(code, status, problem.error(), null, problem.details());
    }
    return of(code, status, texts.get("problem." + code, ""), null, null);
  }

  /** A fault of ours that stands in the log under the id. */
  static Problem ofFault(String id, int status, Messages texts) {
    return of(
        ProblemCode.UNKNOWN_ERROR,
        status,
        texts.get("problem.UNKNOWN_ERROR", id),
        "urn:uuid:" + id,
        new Reference(id));
  }

  /** The answer with this body. */
  public Response.ResponseBuilder toResponse() {
    return Response.status(status)
        .type(MediaType.valueOf(MEDIA_TYPE))
        .header("Cache-Control", "no-store")
        .entity(this);
  }
}
