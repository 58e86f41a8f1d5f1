package io.maquette.platform;

import java.nio.file.Path;

/** The database that needs no set-up: H2 in a file, used by this one process alone. */
final class EmbeddedDatabase {

  private EmbeddedDatabase() {}

  /**
   * The address of the one in a folder. A commit is in the file when it returns (WRITE_DELAY 0), so
   * that a killed process loses nothing it has told anybody.
   */
  static String urlIn(Path home) {
    return "jdbc:h2:file:"
        + home.resolve("database").resolve("maquette")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
  }

  /** Whether an address is of a database that only this process can have open. */
  static boolean isAt(String url) {
    return url.startsWith("jdbc:h2:") && !url.matches("(?i)jdbc:h2:(tcp|ssl):.*|.*AUTO_SERVER.*");
  }
}
