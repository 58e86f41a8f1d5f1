package io.maquette.provider;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Log handler that records all log records of the application, at every level, while it is open.
 */
public final class LogBook extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.maquette");
  private final Level before = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogBook() {
    setFormatter(new SimpleFormatter());
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  /** Returns the recorded text, with stack traces. */
  public String text() {
    return String.join("", lines);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(getFormatter().format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
