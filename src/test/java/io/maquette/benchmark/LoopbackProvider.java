package io.maquette.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maquette.it.simulator.Tetrahedron;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider of pictures and models on the loopback interface that takes as long as it is told to,
 * and no longer: unlike the simulators it checks and remembers nothing of what it is sent.
 */
final class LoopbackProvider implements AutoCloseable {

  private static final int BACKLOG = 1024;

  private final byte[] picture = Tetrahedron.png();
  private final byte[] model = Tetrahedron.glb();
  private final Map<String, Long> doneAt = new ConcurrentHashMap<>();
  private final Map<String, Long> askedAt = new ConcurrentHashMap<>();
  private final Queue<Duration> gaps = new ConcurrentLinkedQueue<>();
  private final AtomicLong submissions = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration jobs = Duration.ZERO;

  LoopbackProvider() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/picture", exchange -> answer(exchange, picture));
    server.createContext("/submit", exchange -> answer(exchange, submitted()));
    server.createContext("/query/", exchange -> answer(exchange, state(exchange)));
    server.createContext("/model", exchange -> answer(exchange, model));
    server.start();
  }

  /**
   * How long every answer takes from now on, and how long a job runs; one it was never given runs
   * for ever, unless jobs take no time at all.
   */
  void take(Duration eachAnswer, Duration eachJob) {
    latency = eachAnswer;
    jobs = eachJob;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many jobs it was given. */
  long submissions() {
    return submissions.get();
  }

  /** The times between two questions for the same job, since this was asked the last time. */
  List<Duration> takeGaps() {
    List<Duration> taken = new ArrayList<>();
    for (Duration gap = gaps.poll(); gap != null; gap = gaps.poll()) {
      taken.add(gap);
    }
    return taken;
  }

  private byte[] submitted() {
    submissions.incrementAndGet();
    String id = UUID.randomUUID().toString();
    if (!jobs.isZero()) {
      doneAt.put(id, System.nanoTime() + jobs.toNanos());
    }
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] state(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String id = path.substring(path.lastIndexOf('/') + 1);
    Long done = doneAt.get(id);
    boolean isDone = done == null ? jobs.isZero() : System.nanoTime() - done > 0;
    if (!isDone) {
      Long before = askedAt.put(id, System.nanoTime());
      if (before != null) {
        gaps.add(Duration.ofNanos(System.nanoTime() - before));
      }
    }
    return (isDone ? "DONE" : "RUN").getBytes(StandardCharsets.US_ASCII);
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (!latency.isZero()) {
      LockSupport.parkNanos(latency.toNanos());
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
