package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * More clients than a server has threads, each of which sends a byte of its request now and then.
 */
final class SlowSenders {

  private static final int SENDERS = 200;
  private static final int OTHERS = 20;

  private static final String HALF_A_HEAD =
      "GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /api/tasks HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Content-Length: 60000",
          "",
          "");

  private SlowSenders() {}

  /** How long somebody else's request takes meanwhile, at the longest. */
  static Duration longestWaitBesideThem(URI server, Duration pause) throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < SENDERS; i++) {
        slow.add(RawConnection.to(server).say(i % 3 == 0 ? HALF_A_HEAD : HEAD + "{"));
      }
      Future<?> dripping =
          clock.scheduleAtFixedRate(
              () -> slow.forEach(RawConnection::drip), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
      ApiClient other = new ApiClient(server);
      Duration longest = Duration.ZERO;
      for (int i = 0; i < OTHERS; i++) {
        long began = System.nanoTime();
        other.list("limit=1");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
      assertThat(dripping).isNotDone();
      return longest;
    } finally {
      clock.shutdownNow();
      for (RawConnection one : slow) {
        one.close();
      }
    }
  }
}
