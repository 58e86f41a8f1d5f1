package io.maquette.platform.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The body of every error: RFC 9457 problem details, with the members this API's clients read.
 *
 * @param type a name for the kind of problem, as a URI
 * @param title the same in words, in English
 * @param status the HTTP status
 * @param detail what happened, for people
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
    boolean success,
    String code,
    String error,
    Object details) {

  /** The media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A field and what is wrong with it. */
  public record FieldProblem(String field, String message) {}

  /** A problem with its message for people. */
  public static Problem of(ProblemCode code, String message, Object details) {
    return of(code, code.status(), message, details);
  }

  static Problem of(ProblemCode code, int status, String message, Object details) {
    String name = code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return new Problem(
        "urn:maquette:problem:" + name,
        name.replace('-', ' '),
        status,
        message,
        false,
        code.name(),
        message,
        details);
  }

  /** The answer with this body. */
  public Response.ResponseBuilder toResponse() {
    return Response.status(status)
        .type(MediaType.valueOf(MEDIA_TYPE))
        .header("Cache-Control", "no-store")
        .entity(this);
  }
}
