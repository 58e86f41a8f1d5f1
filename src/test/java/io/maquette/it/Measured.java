package io.maquette.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Logger;

/** Notes measurements for {@code docs/faults.md} in {@code target/it/measured.txt}. */
final class Measured {

  private static final Logger LOG = Logger.getLogger(Measured.class.getName());

  private Measured() {}

  /** Notes how long it took since then, by {@link System#nanoTime()}, and returns that. */
  static Duration since(long nanoTime, String what) throws IOException {
    Duration took = Duration.ofNanos(System.nanoTime() - nanoTime);
    note(what, String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
    return took;
  }

  /** Notes a figure. */
  static void note(String what, Object value) throws IOException {
    String line = what + ": " + value;
    LOG.info(line);
    Files.writeString(
        Path.of("target", "it", "measured.txt"),
        "Fault: " + line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
