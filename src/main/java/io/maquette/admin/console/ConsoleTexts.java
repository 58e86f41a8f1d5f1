package io.maquette.admin.console;

import io.maquette.http.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Texts of the pages, in the language of the request. */
@Named("text")
@ApplicationScoped
public class ConsoleTexts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Returns the language, {@code zh} or {@code en}. */
  public String getLanguage() {
    return Messages.ofRequest().language().getLanguage();
  }

  /** Returns the text of a key. */
  public String of(String key) {
    return Messages.ofRequest().get(key);
  }

  /** Returns the text of a key with its placeholder filled in. */
  public String with(String key, Object argument) {
    return Messages.ofRequest().get(key, argument);
  }

  /**
   * Returns the text for a provider's results, as {@link io.maquette.admin.ProviderState} names
   * them.
   */
  public String makes(String names) {
    return of("console.provider.makes." + names.replace(", ", "."));
  }

  /** Formats a time to the second, in UTC; empty for null. */
  public String time(Instant time) {
    return time == null ? "" : TIME.format(time);
  }

  /** Converts seconds to a duration, rounded to milliseconds. */
  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Formats a duration with its two largest units, such as {@code 2 min 5 s}; empty for null. */
  public String duration(Duration duration) {
    if (duration == null) {
      return "";
    }
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
        : seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
