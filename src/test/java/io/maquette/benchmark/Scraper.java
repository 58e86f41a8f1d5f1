package io.maquette.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Reads a server's metrics again and again, thrice as often as Prometheus does by default. */
final class Scraper implements AutoCloseable {

  private static final int SECONDS = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpRequest request;
  private final ScheduledFuture<?> scrapes;

  Scraper(URI server) {
    request = HttpRequest.newBuilder(server.resolve("/api/metrics")).build();
    scrapes = timer.scheduleAtFixedRate(this::scrape, 0, SECONDS, TimeUnit.SECONDS);
  }

  private void scrape() {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("metrics: " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (scrapes.isDone()) {
      throw new IllegalStateException("a scrape has failed, and was the last one");
    }
  }
}
