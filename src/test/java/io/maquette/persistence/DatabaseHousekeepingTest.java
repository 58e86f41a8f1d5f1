package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DatabaseHousekeepingTest {

  private final List<LogRecord> lines = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Without a file each attempt fails with a NullPointerException. */
  @Test
  void a_failure_at_each_attempt_is_logged_once_a_minute() {
    Logger log = Logger.getLogger(DatabaseHousekeeping.class.getName());
    log.addHandler(handler);
    try {
      DatabaseHousekeeping housekeeping = new DatabaseHousekeeping();
      for (int attempt = 0; attempt < 5; attempt++) {
        housekeeping.keep(null);
      }
    } finally {
      log.removeHandler(handler);
    }
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).getThrown()).isInstanceOf(NullPointerException.class);
  }
}
