package io.maquette.telemetry;

import java.util.Map;
import java.util.TreeMap;

/** Log context of a thread: fields that the {@link JsonLog} adds to each record. */
final class LogFields {

  private static final ThreadLocal<Map<String, String>> CURRENT = new ThreadLocal<>();

  private LogFields() {}

  /** Returns the fields of this thread. */
  static Map<String, String> current() {
    Map<String, String> fields = CURRENT.get();
    return fields == null ? Map.of() : fields;
  }

  /**
   * Adds fields to those of this thread.
   *
   * @return the previous fields, for {@link #reset}; null if there were none
   */
  static Map<String, String> add(Map<String, String> fields) {
    Map<String, String> before = CURRENT.get();
    Map<String, String> now = new TreeMap<>(before == null ? Map.of() : before);
    now.putAll(fields);
    CURRENT.set(now);
    return before;
  }

  /** Restores the previous fields, so that none stays on a thread of the server. */
  static void reset(Map<String, String> before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }
}
