package io.maquette.http;

/** Kind of an error, which clients read in the member {@code code} of the body. */
public enum ProblemCode {
  VALIDATION_ERROR(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  FILE_MISSING(404),
  FILE_DAMAGED(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  INVALID_STATE(409),
  PAYLOAD_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RANGE_NOT_SATISFIABLE(416),
  IDEMPOTENCY_CONFLICT(422),
  NOT_CONVERTIBLE(422),
  OPTION_NOT_SUPPORTED(422),
  RATE_LIMITED(429),
  UNKNOWN_ERROR(500),
  EXTERNAL_API_ERROR(502),
  QUEUE_FULL(503),
  FILE_BEING_RESTORED(503),
  UNAVAILABLE(503);

  private final int status;

  ProblemCode(int status) {
    this.status = status;
  }

  /** Returns the HTTP status of the response. */
  public int status() {
    return status;
  }

  /** Returns the code for an HTTP status of the server itself. */
  static ProblemCode ofStatus(int status) {
    if (status == UNAVAILABLE.status) {
      return UNAVAILABLE; // the server itself never reports a full queue
    }
    for (ProblemCode code : values()) {
      if (code.status == status) {
        return code;
      }
    }
    return status >= 500 ? UNKNOWN_ERROR : VALIDATION_ERROR;
  }
}
