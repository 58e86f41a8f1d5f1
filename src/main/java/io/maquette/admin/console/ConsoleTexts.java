package io.maquette.admin.console;

import io.maquette.http.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What pages say, in the language of the request. */
@Named("text")
@ApplicationScoped
public class ConsoleTexts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The language, {@code zh} or {@code en}. */
  public String getLanguage() {
    return Messages.ofRequest().language().getLanguage();
  }

  /** The text under a key. */
  public String of(String key) {
    return Messages.ofRequest().get(key);
  }

  /** The text under a key with something put in. */
  public String with(String key, Object argument) {
    return Messages.ofRequest().get(key, argument);
  }

  /** The text for what a provider makes, as {@link io.maquette.admin.ProviderState} names it. */
  public String makes(String names) {
    return of("console.provider.makes." + names.replace(", ", "."));
  }

  /** A time to the second, in UTC; empty if there is none. */
  public String time(Instant time) {
    return time == null ? "" : TIME.format(time);
  }

  /** So many seconds, to the millisecond. */
  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** A duration with its two largest units, like {@code 2 min 5 s}; empty if there is none. */
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
