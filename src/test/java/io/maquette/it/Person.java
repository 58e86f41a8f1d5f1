package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Somebody who calls, with a cookie, a key, a token, or nothing. */
final class Person {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** What came back; of a stream only that it has begun. */
  record Answer(int status, String body, HttpResponse<?> response) {

    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }

    JsonObject data() {
      return json().getJsonObject("data");
    }

    String code() {
      return json().getString("code");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  private final URI base;
  private final List<String> headers = new ArrayList<>();

  private Person(URI base, String... headers) {
    this.base = base;
    this.headers.addAll(List.of(headers));
  }

  static Person anonymous(URI base) {
    return new Person(base);
  }

  static Person withToken(URI base, String token) {
    return new Person(base, "Authorization", "Bearer " + token);
  }

  static Person withCookie(URI base, String cookie) {
    return new Person(base, "Cookie", "maquette-session=" + cookie, "X-Requested-With", "test");
  }

  /** Signs in. */
  static Person signedIn(URI base, String email, String password)
      throws IOException, InterruptedException {
    return withCookie(base, cookieOf(signIn(base, email, password)));
  }

  static Answer signIn(URI base, String email, String password)
      throws IOException, InterruptedException {
    return anonymous(base)
        .call(
            "POST",
            "/api/session",
            Json.createObjectBuilder()
                .add("email", email)
                .add("password", password)
                .build()
                .toString());
  }

  static String cookieOf(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("Set-Cookie").replaceAll("^maquette-session=([^;]*);.*", "$1");
  }

  /** The same one with one more header. */
  Person with(String name, String value) {
    Person person = new Person(base, headers.toArray(String[]::new));
    person.headers.add(name);
    person.headers.add(value);
    return person;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, null);
  }

  Answer call(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<InputStream> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream content = response.body()) {
      boolean stream =
          response
              .headers()
              .firstValue("Content-Type")
              .filter(type -> type.startsWith("text/event-stream"))
              .isPresent();
      String text = stream ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), text, response);
    }
  }

  /** Opens a WebSocket and says what came of it: the type of its first message, or why not. */
  String socket(String path) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    URI address = URI.create(base.toString().replaceFirst("^http", "ws")).resolve(path);
    WebSocket socket;
    try {
      socket =
          builder
              .buildAsync(
                  address,
                  new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence data, boolean last) {
                      text.append(data);
                      from.request(1);
                      if (last) {
                        try (JsonReader reader =
                            Json.createReader(new StringReader(text.toString()))) {
                          outcome.complete(reader.readObject().getString("type"));
                        }
                      }
                      return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                      outcome.complete(reason);
                      return null;
                    }

                    @Override
                    public void onError(WebSocket from, Throwable trouble) {
                      outcome.completeExceptionally(trouble);
                    }
                  })
              .join();
    } catch (CompletionException e) {
      return "refused: " + e.getCause();
    }
    try {
      return outcome.orTimeout(20, TimeUnit.SECONDS).join();
    } finally {
      socket.abort();
    }
  }
}
