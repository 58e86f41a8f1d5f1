package io.maquette.it.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A provider's wire, as its documentation has it: strict about what it accepts, and scriptable for
 * faults. What it found wrong is kept in {@link #complaints()}, which a test expects to be empty.
 */
public abstract class Simulator implements AutoCloseable {

  /**
   * A request as it came.
   *
   * @param from the port at which the connection it came by began
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Received(
      String method,
      URI uri,
      Map<String, List<String>> headers,
      byte[] body,
      int from,
      long nanoTime) {

    /** The one value of a header; null if it is not there or there is more than one. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue().size() == 1)
          .map(entry -> entry.getValue().get(0))
          .findFirst()
          .orElse(null);
    }

    /** The body as a JSON object. */
    public JsonObject json() {
      try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
        return reader.readObject();
      } catch (JsonException e) {
        throw new Refusal(400, "{\"message\":\"the body is no JSON object\"}");
      }
    }
  }

  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** A JSON answer. */
    public static Answer json(int status, String body) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    /** A file. */
    public static Answer file(String mediaType, byte[] body) {
      return new Answer(200, Map.of("Content-Type", mediaType), body);
    }

    /** The same with one header more. */
    public Answer with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }
  }

  /** What the simulator does not accept; its body is in the provider's own form. */
  public static class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String body;

    public Refusal(int status, String body) {
      super(status + " " + body);
      this.status = status;
      this.body = body;
    }
  }

  /** Something going wrong at one request. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Handles the request instead of, or around, the usual answer.
     *
     * @param usual what the simulator does when nothing goes wrong
     */
    void strike(HttpExchange exchange, Usual usual) throws IOException, InterruptedException;
  }

  /** The usual answer, worked out when it is asked for. */
  @FunctionalInterface
  public interface Usual {
    Answer answer();
  }

  static { // without it each answer waits up to 40 ms for an acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private record Planned(Predicate<Received> when, Fault fault) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Planned> faults = new ConcurrentLinkedDeque<>();
  private volatile Planned lasting;
  private volatile boolean unlimited;

  protected Simulator() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The usual answer to a request. */
  protected abstract Answer answer(Received request);

  /** Who answers a request that came here. */
  protected Simulator responsibleFor(Received request) {
    return this;
  }

  /** Where it listens: scheme, host and port. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Its host and port, as the settings name hosts. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests so far, oldest first. */
  public List<Received> received() {
    return received;
  }

  /** Requests of one kind so far. */
  public List<Received> received(Predicate<Received> kind) {
    return received.stream().filter(kind).toList();
  }

  /** What was wrong with requests so far. */
  public List<String> complaints() {
    return complaints;
  }

  /** Lets something go wrong at the next request of a kind, once. */
  public void next(Predicate<Received> when, Fault fault) {
    faults.add(new Planned(when, fault));
  }

  /** Lets something go wrong at every request of a kind until {@link #recover()}. */
  public void always(Predicate<Received> when, Fault fault) {
    lasting = new Planned(when, fault);
  }

  /** From now on any number of jobs may be open at once. */
  public void allowManyJobs() {
    unlimited = true;
  }

  /** Whether any number of jobs may be open at once. */
  protected final boolean isUnlimited() {
    return unlimited;
  }

  /** Nothing goes wrong any more. */
  public void recover() {
    lasting = null;
    faults.clear();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes(),
              exchange.getRemoteAddress().getPort(),
              System.nanoTime());
      responsibleFor(request).take(exchange, request);
    } catch (IOException e) {
      return; // whoever asked has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(HttpExchange exchange, Received request)
      throws IOException, InterruptedException {
    received.add(request);
    Fault fault = due(request);
    if (fault == null) {
      send(exchange, usual(request));
    } else {
      fault.strike(exchange, () -> usual(request));
    }
  }

  private Fault due(Received request) {
    for (Planned planned : faults) {
      if (planned.when().test(request) && faults.remove(planned)) {
        return planned.fault();
      }
    }
    Planned always = lasting;
    return always != null && always.when().test(request) ? always.fault() : null;
  }

  private Answer usual(Received request) {
    try {
      return answer(request);
    } catch (Refusal e) {
      complaints.add(request.method() + " " + request.uri() + ": " + e.getMessage());
      return Answer.json(e.status, e.body);
    } catch (RuntimeException e) {
      complaints.add(request.method() + " " + request.uri() + ": " + e);
      return Answer.json(500, "{\"message\":\"the simulator broke\"}");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }

  /** Answers this instead; the request has no effect. */
  public static Fault instead(Answer answer) {
    return (exchange, usual) -> send(exchange, answer);
  }

  /** Takes the request, and answers this. */
  public static Fault acceptThen(Answer answer) {
    return (exchange, usual) -> {
      usual.answer();
      send(exchange, answer);
    };
  }

  /** Answers as usual, with one header more. */
  public static Fault plus(String name, String value) {
    return (exchange, usual) -> send(exchange, usual.answer().with(name, value));
  }

  /** Takes the request, and closes the connection without an answer. */
  public static Fault acceptThenDrop() {
    return (exchange, usual) -> usual.answer();
  }

  /** Takes the request, and never answers. */
  public Fault acceptThenHang() {
    return (exchange, usual) -> {
      usual.answer();
      closing.await();
    };
  }

  /** Takes the request at once, and answers as usual after this many milliseconds. */
  public Fault acceptThenWait(long millis) {
    return (exchange, usual) -> {
      Answer answer = usual.answer();
      if (!closing.await(millis, TimeUnit.MILLISECONDS)) {
        send(exchange, answer);
      }
    };
  }

  /** Answers as usual once there is a permit for it. */
  public Fault whenPermitted(Semaphore permits) {
    return (exchange, usual) -> {
      permits.acquire(); // interrupted at the close
      send(exchange, usual.answer());
    };
  }

  /** Sends the usual answer byte by byte with this pause between them. */
  public Fault slowly(long millisPerByte) {
    return (exchange, usual) -> {
      Answer answer = usual.answer();
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      OutputStream out = exchange.getResponseBody();
      for (byte one : answer.body()) {
        out.write(one);
        out.flush();
        if (closing.await(millisPerByte, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    };
  }

  /** Sends a body of this many bytes that begins with the given ones. */
  public static Fault huge(String mediaType, byte[] head, long bytes) {
    return (exchange, usual) -> {
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(200, 0); // chunked: the size is not told
      OutputStream out = exchange.getResponseBody();
      out.write(head);
      byte[] block = new byte[1 << 16];
      Arrays.fill(block, (byte) ' ');
      for (long sent = head.length; sent < bytes; sent += block.length) {
        out.write(block);
      }
    };
  }

  /** Refuses a JSON object that lacks a field or has one that nobody knows. */
  protected static void requireFields(
      JsonObject body, Set<String> needed, Set<String> known, String refusalBody) {
    List<String> wrong = new ArrayList<>();
    needed.stream().filter(name -> !body.containsKey(name)).map("no "::concat).forEach(wrong::add);
    body.keySet().stream().filter(name -> !known.contains(name)).forEach(wrong::add);
    if (!wrong.isEmpty()) {
      throw new Refusal(400, refusalBody.replace("%s", wrong.toString()));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
