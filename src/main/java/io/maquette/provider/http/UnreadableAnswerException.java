package io.maquette.provider.http;

import java.io.IOException;

/** An answer that is no JSON object. The message says what it is, without parts of its content. */
public class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
