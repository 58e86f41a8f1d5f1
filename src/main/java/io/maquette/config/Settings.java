package io.maquette.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings in force. They are read once and checked together; a wrong value prevents the start.
 */
public final class Settings {

  /** The catalogue of all settings; {@code docs/settings.md} is generated from it. */
  public static final List<Setting<?>> ALL =
      Stream.of(Setting.GENERAL, S3Setting.ALL, ProviderSetting.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /**
   * Reads and checks all settings.
   *
   * @param source returns the value of a name, if it is set
   * @throws InvalidSettingsException with a line for each setting that is wrong
   */
  public static Settings read(Function<String, Optional<String>> source) {
    Map<Setting<?>, Object> values = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : ALL) {
      Optional<String> text =
          source.apply(setting.name()).map(String::strip).filter(value -> !value.isEmpty());
      try {
        values.put(setting, setting.read(text.orElseGet(() -> defaultOf(setting, values))));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    Settings settings = new Settings(values);
    if (isHomeMissing(source)) {
      problems.add(
          "maquette.home must be set (environment variable MAQUETTE_HOME) to a folder that this"
              + " process may write: its user has no home folder (user.home is "
              + System.getProperty("user.home")
              + "), as in a container whose user has no passwd entry");
    }
    if (problems.isEmpty()
        && settings.get(Setting.WORKER_LEASE).compareTo(settings.get(Setting.IMAGE_DEADLINE))
            <= 0) {
      problems.add(
          "maquette.worker.lease="
              + settings.get(Setting.WORKER_LEASE)
              + " must be longer than maquette.image.deadline="
              + settings.get(Setting.IMAGE_DEADLINE));
    }
    if ("s3".equals(settings.get(Setting.STORE))) {
      S3Setting.NEEDED.stream()
          .filter(setting -> isUnset(settings.get(setting)))
          .map(setting -> setting.name() + " must be set if maquette.store=s3")
          .forEach(problems::add);
    }
    if (isUnset(settings.get(Setting.JWT_ISSUER))
        && (!isUnset(settings.get(Setting.JWT_KEY))
            || !isUnset(settings.get(Setting.JWT_KEY_LOCATION)))) {
      problems.add("mp.jwt.verify.issuer must be set if a public key of an issuer is set");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return settings;
  }

  /**
   * Returns whether a default folder in the user's home is needed but no home exists. Java reports
   * {@code ?} for a user without a passwd entry. A path that is not absolute would lie below the
   * working folder.
   */
  private static boolean isHomeMissing(Function<String, Optional<String>> source) {
    boolean isDiskStore =
        !"s3".equals(source.apply(Setting.STORE.name()).map(String::strip).orElse(""));
    boolean isNeeded =
        isUnset(Setting.DB_URL, source) || (isDiskStore && isUnset(Setting.STORE_DIR, source));
    String home = System.getProperty("user.home");
    return isNeeded
        && isUnset(Setting.HOME, source)
        && (home == null || home.isBlank() || !Path.of(home).isAbsolute());
  }

  private static boolean isUnset(Setting<?> setting, Function<String, Optional<String>> source) {
    return source.apply(setting.name()).filter(value -> !value.isBlank()).isEmpty();
  }

  /**
   * Returns whether a value is not set. A wrong value is null and counts as set, because the
   * message has a line for it already.
   */
  private static boolean isUnset(Object value) {
    return "".equals(value) || Optional.empty().equals(value);
  }

  /** Returns the default of a setting whose default is a value. */
  public static <T> T defaultOf(Setting<T> setting) {
    return setting.read(setting.defaultText());
  }

  /**
   * Returns the address of the database in a folder. A commit is in the file when it returns
   * (WRITE_DELAY 0), so that a killed process loses nothing it has confirmed. A clean stop compacts
   * the file for at most MAX_COMPACT_TIME milliseconds.
   */
  public static String embeddedDatabaseIn(Path home) {
    return "jdbc:h2:file:"
        + home.resolve("database").resolve("maquette")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=3000";
  }

  private static String defaultOf(Setting<?> setting, Map<Setting<?>, Object> earlier) {
    if (setting == Setting.HOME) {
      return Path.of(System.getProperty("user.home", "?"), ".maquette").toString();
    }
    Path home = (Path) earlier.get(Setting.HOME);
    if (setting == Setting.DB_URL) {
      return embeddedDatabaseIn(home);
    }
    if (setting == Setting.STORE_DIR) {
      return home.resolve("files").toString();
    }
    if (setting == S3Setting.PUBLIC_URL) {
      Optional<?> url = (Optional<?>) earlier.getOrDefault(S3Setting.URL, Optional.empty());
      return url.map(Object::toString).orElse("");
    }
    if (setting == Setting.NODE_NAME) {
      return hostName() + "-" + String.format("%04x", new SecureRandom().nextInt(0x10000));
    }
    return setting.defaultText();
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
      return name.substring(0, Math.min(50, name.length())).toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "node"; // the machine has no host name
    }
  }

  /** Returns the value in force. */
  @SuppressWarnings("unchecked") // each value is stored under its own setting above
  public <T> T get(Setting<T> setting) {
    return (T) values.get(setting);
  }
}
