package io.maquette.telemetry;

import java.util.Map;
import java.util.TreeMap;

/** What a thread's log records are about, beside their words: fields of the {@link JsonLog}. */
final class LogFields {

  private static final ThreadLocal<Map<String, String>> CURRENT = new ThreadLocal<>();

  private LogFields() {}

  /** Those of this thread. */
  static Map<String, String> current() {
    Map<String, String> fields = CURRENT.get();
    return fields == null ? Map.of() : fields;
  }

  /**
   * Adds some to this thread's.
   *
   * @return what they were before, for {@link #reset}; null if there were none
   */
  static Map<String, String> add(Map<String, String> fields) {
    Map<String, String> before = CURRENT.get();
    Map<String, String> now = new TreeMap<>(before == null ? Map.of() : before);
    now.putAll(fields);
    CURRENT.set(now);
    return before;
  }

  /** This thread's are these again; a thread of the server keeps nothing of ours. */
  static void reset(Map<String, String> before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }
}
