package io.maquette.batch;

import io.maquette.batch.PromptFile.Entry;
import java.util.List;

/** Rejection of a prompt file; nothing was changed. */
public class InvalidPromptFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Maximum number of wrong lines in the message. */
  static final int MAX_LINES = 10;

  private final transient List<Entry> lines;

  InvalidPromptFileException(String what, List<Entry> lines) {
    super(what);
    this.lines = List.copyOf(lines);
  }

  /** Returns the first wrong lines; empty if the file has another problem. */
  public List<Entry> lines() {
    return lines;
  }
}
