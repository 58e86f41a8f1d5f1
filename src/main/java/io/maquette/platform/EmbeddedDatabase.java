package io.maquette.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The database that needs no set-up: H2 in a file, used by this one process alone. */
final class EmbeddedDatabase {

  private EmbeddedDatabase() {}

  /**
   * Returns the address of the database in a folder. A commit is in the file when it returns
   * (WRITE_DELAY 0), so that a killed process loses nothing it has confirmed. A clean stop compacts
   * the file for at most MAX_COMPACT_TIME milliseconds.
   */
  static String urlIn(Path home) {
    return "jdbc:h2:file:"
        + home.resolve("database").resolve("maquette")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=3000";
  }

  /**
   * Checks that the database in the home folder can be written, where it is the one in use.
   *
   * @throws InvalidSettingsException if it cannot, naming the folder and the setting
   */
  static void checkFolder(Settings settings) {
    Path home = settings.get(Setting.HOME);
    if (!settings.get(Setting.DB_URL).equals(urlIn(home))) {
      return;
    }
    Path folder = home.resolve("database");
    Path file = folder.resolve("maquette.mv.db");
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      throw new InvalidSettingsException(
          List.of(
              "maquette.home="
                  + home
                  + " cannot hold the embedded database, as "
                  + folder
                  + " cannot be written by user "
                  + System.getProperty("user.name")
                  + " ("
                  + e.getClass().getSimpleName()
                  + "): set MAQUETTE_HOME to a folder that can, or maquette.db.url"));
    }
  }

  /** Whether an address is of a database that only this process can have open. */
  static boolean isAt(String url) {
    return url.startsWith("jdbc:h2:") && !url.matches("(?i)jdbc:h2:(tcp|ssl):.*|.*AUTO_SERVER.*");
  }
}
