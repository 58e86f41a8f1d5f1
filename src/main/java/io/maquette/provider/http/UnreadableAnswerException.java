package io.maquette.provider.http;

import java.io.IOException;

/**
 * Failure to read an answer that is not a JSON object. The message describes the answer, without
 * parts of its content.
 */
public class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
