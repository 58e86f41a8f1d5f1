package io.maquette.persistence;

import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Embedded database without set-up: H2 in a file that only this process uses. */
public final class EmbeddedDatabase {

  private EmbeddedDatabase() {}

  /**
   * Checks that the database in the home folder is writable, if the settings choose it.
   *
   * @throws InvalidSettingsException if it is not, naming the folder and the setting
   */
  public static void checkFolder(Settings settings) {
    Path home = settings.get(Setting.HOME);
    if (!settings.get(Setting.DB_URL).equals(Settings.embeddedDatabaseIn(home))) {
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
                  + " cannot contain the embedded database: user "
                  + System.getProperty("user.name")
                  + " cannot write to "
                  + folder
                  + " ("
                  + e.getClass().getSimpleName()
                  + "). Set MAQUETTE_HOME to a folder with write permission, or set"
                  + " maquette.db.url"));
    }
  }

  /** Returns whether an address is of a database that only this process can open. */
  public static boolean isAt(String url) {
    return url.startsWith("jdbc:h2:") && !url.matches("(?i)jdbc:h2:(tcp|ssl):.*|.*AUTO_SERVER.*");
  }
}
