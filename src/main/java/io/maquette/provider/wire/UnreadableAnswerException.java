package io.maquette.provider.wire;

import java.io.IOException;

/** An answer that is no JSON object. The message says what it is, without parts of its content. */
public class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean isPage;

  UnreadableAnswerException(String message, boolean isPage, Throwable cause) {
    super(message, cause);
    this.isPage = isPage;
  }

  /** Whether the answer is HTML or XML, which no provider's interface sends. */
  boolean isPage() {
    return isPage;
  }
}
