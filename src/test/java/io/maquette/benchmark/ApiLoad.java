package io.maquette.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady rate, whether or not those before have been answered: a time is counted from
 * the moment a request was to be made, so that a server that stalls does not hide it.
 */
final class ApiLoad {

  private static final int CLIENTS = 48;

  /** What was measured: milliseconds, ascending. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Times(double[] millis, int failed) {

    double percentile(double percent) {
      int place = (int) Math.ceil(percent / 100 * millis.length) - 1;
      return millis[Math.max(0, place)];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d requests, %d failed; p50 %.1f ms, p99 %.1f ms, most %.1f ms",
          millis.length,
          failed,
          percentile(50),
          percentile(99),
          percentile(100));
    }
  }

  private ApiLoad() {}

  /**
   * Gets these in turn.
   *
   * @param tags the entity tag to send with each; null for none
   * @param expected the status that every answer shall have
   */
  static Times get(
      List<URI> addresses, List<String> tags, int expected, int perSecond, int requests)
      throws InterruptedException {
    System.setProperty("http.maxConnections", Integer.toString(CLIENTS));
    double[] millis = new double[requests];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    long began = System.nanoTime();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int client = 0; client < CLIENTS; client++) {
      clients.execute(
          () -> {
            for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
              long due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
              for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
              }
              int which = i % addresses.size();
              String tag = tags == null ? null : tags.get(which);
              if (status(addresses.get(which), tag) != expected) {
                failed.incrementAndGet();
              }
              millis[i] = (System.nanoTime() - due) / 1e6;
            }
          });
    }
    clients.shutdown();
    clients.awaitTermination(1, TimeUnit.HOURS);
    Arrays.sort(millis);
    return new Times(millis, failed.get());
  }

  private static int status(URI address, String tag) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setReadTimeout(60_000);
      if (tag != null) {
        connection.setRequestProperty("If-None-Match", tag);
      }
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        try (InputStream body = connection.getInputStream()) {
          body.readAllBytes();
        }
      }
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String tag(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
      return connection.getHeaderField("ETag");
    }
  }
}
