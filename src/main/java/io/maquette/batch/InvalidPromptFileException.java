package io.maquette.batch;

import io.maquette.batch.PromptFile.Entry;
import java.util.List;

/** A file of prompts that cannot be imported; nothing was changed. */
public class InvalidPromptFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** So many lines are told of. */
  static final int MAX_LINES = 10;

  private final transient List<Entry> lines;

  InvalidPromptFileException(String what, List<Entry> lines) {
    super(what);
    this.lines = List.copyOf(lines);
  }

  /** The first lines that are wrong, if that is what is wrong. */
  public List<Entry> lines() {
    return lines;
  }
}
