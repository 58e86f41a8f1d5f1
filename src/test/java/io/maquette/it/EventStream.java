package io.maquette.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Client of an event stream over Server-Sent Events or a WebSocket, with the messages so far. */
final class EventStream implements AutoCloseable {

  /**
   * One message.
   *
   * @param heardAt when, by {@link System#nanoTime()}
   */
  record Message(String type, String id, JsonObject data, long heardAt) {

    private static Message now(String type, String id, JsonObject data) {
      return new Message(type, id, data, System.nanoTime());
    }

    /** Whether it tells of a change of this task. */
    boolean isAbout(String task) {
      return type.equals("change") && data.getJsonObject("task").getString("id").equals(task);
    }

    long number() {
      return data.getJsonObject("event").getJsonNumber("id").longValue();
    }
  }

  private interface Ending {
    void run() throws IOException;
  }

  private interface Reading {
    void run() throws IOException, InterruptedException;
  }

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private volatile Ending ending = () -> {};
  private volatile boolean closed;
  private String lastId;

  private EventStream() {}

  /** Opens a stream of Server-Sent Events; the answer must be one. */
  static EventStream open(HttpClient http, URI address, String... headers)
      throws IOException, InterruptedException {
    EventStream stream = new EventStream();
    InputStream body = stream.connect(http, address, headers);
    stream.inBackground(() -> stream.read(body));
    return stream;
  }

  /** The same, of a client that comes back with the last id when its stream has ended. */
  static EventStream follow(HttpClient http, URI address) throws IOException, InterruptedException {
    EventStream stream = new EventStream();
    InputStream body = stream.connect(http, address);
    stream.inBackground(
        () -> {
          stream.read(body);
          while (!stream.closed) {
            stream.read(stream.connect(http, address, "Last-Event-ID", stream.lastId));
          }
        });
    return stream;
  }

  private InputStream connect(HttpClient http, URI address, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200
        || !response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")
        || !response.headers().firstValue("Cache-Control").orElse("").contains("no-store")) {
      throw new AssertionError(response + " " + response.headers());
    }
    ending = response.body()::close;
    return response.body();
  }

  private void inBackground(Reading reading) {
    Thread reader =
        new Thread(
            () -> {
              try {
                reading.run();
                end.complete("ended");
              } catch (IOException | InterruptedException | RuntimeException e) {
                end.complete(String.valueOf(e));
              }
            },
            "event-stream");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream body) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      read(lines);
    }
  }

  private void read(BufferedReader lines) throws IOException {
    String type = null;
    String id = null;
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          heard.add(Message.now(type, id, parse(data.toString())));
        }
        type = null;
        id = null;
        data.setLength(0);
      } else if (line.startsWith("event:")) {
        type = line.substring(6).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
        lastId = id;
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      }
    }
  }

  /** Opens a WebSocket. */
  static EventStream openSocket(HttpClient http, URI address, String... headers) {
    EventStream stream = new EventStream();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    StringBuilder frame = new StringBuilder();
    WebSocket socket =
        builder
            .buildAsync(
                URI.create(address.toString().replaceFirst("^http", "ws")),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    frame.append(text);
                    if (last) {
                      JsonObject message = parse(frame.toString());
                      frame.setLength(0);
                      stream.heard.add(
                          Message.now(
                              message.getString("type"),
                              message.getString("id", null),
                              message.getJsonObject("data")));
                    }
                    from.request(1);
                    return null;
                  }

                  @Override
                  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                    stream.end.complete(code + " " + reason);
                    return null;
                  }

                  @Override
                  public void onError(WebSocket from, Throwable e) {
                    stream.end.complete(String.valueOf(e));
                  }
                })
            .join();
    stream.ending = socket::abort;
    return stream;
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** What was heard but heartbeats. */
  List<Message> heard() {
    return heard.stream().filter(message -> !message.type().equals("heartbeat")).toList();
  }

  List<Message> changes() {
    return heard.stream().filter(message -> message.type().equals("change")).toList();
  }

  /** Waits for such a message and returns it. */
  Message await(Predicate<Message> wish) {
    Awaitility.await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(wish));
    return heard.stream().filter(wish).findFirst().orElseThrow();
  }

  /** Waits until the task is told to have reached the status. */
  Message awaitStatus(String status) {
    return await(
        message ->
            message.type().equals("change")
                && message.data().getJsonObject("event").getString("to").equals(status));
  }

  /** Waits until the server ends the stream; how it did. */
  String awaitEnd() {
    Awaitility.await().atMost(PATIENCE).until(end::isDone);
    return end.join();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    ending.run();
  }
}
