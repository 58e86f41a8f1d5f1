package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.Tool;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Receivers that accept, fail, hang and redirect inside, and a sender that is killed. */
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Accepts whatever comes, unless something goes wrong. */
  private static final class Receiver extends Simulator {
    @Override
    protected Answer answer(Received request) {
      return new Answer(204, Map.of(), new byte[0]);
    }

    /** Ids in the order in which they came first, by task. */
    Map<String, List<Long>> ids() {
      Map<String, List<Long>> ids = new LinkedHashMap<>();
      for (Received request : received()) {
        List<Long> ofTask =
            ids.computeIfAbsent(
                request.json().getJsonObject("data").getString("taskId"), key -> new ArrayList<>());
        long id = Long.parseLong(request.header("webhook-id"));
        if (!ofTask.contains(id)) {
          ofTask.add(id);
        }
      }
      return ids;
    }
  }

  private final Path folder = Wars.freshFolder("webhooks");
  private final HttpClient http = HttpClient.newHttpClient();
  private final Receiver receiver = new Receiver();
  private final Receiver inside = new Receiver();
  private final Receiver redirecting = new Receiver();
  private Standstill providers;
  private PayaraMicro server;
  private String secret;
  private String hook;

  @BeforeAll
  void start() throws Exception {
    providers = new Standstill(null);
    redirecting.always(
        request -> true,
        Simulator.instead(
            new Answer(302, Map.of("Location", inside.url().toString()), new byte[0])));
    server = startServer();
  }

  private PayaraMicro startServer() throws IOException {
    return PayaraMicro.start(
        folder,
        Path.of(System.getProperty("maquette.war")),
        providers
            .environment(folder)
            .with("MAQUETTE_NODE_NAME", "sender")
            .with("MAQUETTE_WEBHOOK_TIMEOUT", "PT1S")
            .with("MAQUETTE_WEBHOOK_RETRY_DELAY", "PT0.2S")
            .with("MAQUETTE_WEBHOOK_SUSPEND_AFTER", "PT8S")
            .with("MAQUETTE_WEBHOOK_ALLOWED_HOSTS", receiver.host() + "," + redirecting.host())
            .values());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    providers.close();
    receiver.close();
    inside.close();
    redirecting.close();
  }

  private ApiClient api() {
    return new ApiClient(server.base());
  }

  private JsonObject call(String method, String path, String body, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.base().resolve(path))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    try (jakarta.json.JsonReader reader =
        jakarta.json.Json.createReader(new java.io.StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private JsonObject make(String url, String events) throws Exception {
    return call(
            "POST",
            "/api/webhooks",
            "{\"url\":\"%s\",\"events\":\"%s\"}".formatted(url, events),
            201)
        .getJsonObject("data");
  }

  private List<JsonObject> deliveries(String id) throws Exception {
    return call("GET", "/api/webhooks/" + id + "/deliveries", null, 200)
        .getJsonArray("data")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject state(String id) throws Exception {
    return call("GET", "/api/webhooks", null, 200).getJsonArray("data").stream()
        .map(JsonValue::asJsonObject)
        .filter(one -> one.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The history's rows of this type, in order. */
  private List<Long> history(String task, Set<String> types) throws Exception {
    return api().events(task).getValuesAs(JsonObject.class).stream()
        .filter(event -> types.contains(event.getString("type")))
        .map(event -> event.getJsonNumber("id").longValue())
        .collect(Collectors.toList());
  }

  private static String signature(String secret, Received message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
    mac.update(
        (message.header("webhook-id") + "." + message.header("webhook-timestamp") + ".")
            .getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(message.body()));
  }

  @Test
  @Order(1)
  void private_addresses_are_refused_and_unreachable_ones_reported() throws Exception {
    for (String url :
        List.of(
            "http://shop.example/",
            "ftp://shop.example/",
            "https://user@shop.example/",
            "https://shop.example:99999/",
            "https://shop.example:0/",
            "https://shop.example/#part",
            "https://[fe80::1%25eth0]/",
            "https://127.0.0.1/",
            "https://" + "a.".repeat(147) + "example/",
            "not an address")) {
      JsonObject refused = call("POST", "/api/webhooks", "{\"url\":\"" + url + "\"}", 400);
      assertThat(refused.getJsonArray("details").toString()).as(url).contains("\"url\"");
    }
    call("POST", "/api/webhooks", "{\"url\":\"https://a.example\",\"events\":\"lottery\"}", 400);
    assertThat(call("GET", "/api/webhooks", null, 200).getInt("count")).isZero();
  }

  private void makeHook() throws Exception {
    JsonObject made = make(receiver.url() + "/hooks", "status_changed image_stored deleted");
    secret = made.getString("secret");
    hook = made.getJsonObject("webhook").getString("id");
  }

  @Test
  @Order(2)
  void every_change_of_a_task_is_delivered_in_order_and_signed() throws Exception {
    makeHook();
    String task = api().create("told");
    api().awaitStatus(task, "IMAGE_COMPLETED");
    List<Long> rows = history(task, Set.of("STATUS_CHANGED", "IMAGE_STORED"));
    assertThat(rows).hasSize(1 + 1 + 4 + 1);
    await().atMost(PATIENCE).until(() -> rows.equals(receiver.ids().get(task)));
    for (Received message : receiver.received()) {
      assertThat(message.header("webhook-signature")).isEqualTo(signature(secret, message));
      assertThat(message.json().getString("type")).startsWith("task.");
    }

    call("POST", "/api/webhooks/" + hook + "/rotate", null, 200);
    api().delete(task);
    await().atMost(PATIENCE).until(() -> receiver.ids().get(task).size() == rows.size() + 1);
    Received last = receiver.received().get(receiver.received().size() - 1);
    assertThat(last.json().getString("type")).isEqualTo("task.deleted");
    assertThat(last.header("webhook-signature").split(" ", -1))
        .as("the secret before signs as well")
        .hasSize(2)
        .contains(signature(secret, last));
  }

  @Test
  @Order(3)
  void a_program_in_another_language_verifies_signatures() throws Exception {
    Received message = receiver.received().get(0);
    Path script = Path.of("docs", "examples").toAbsolutePath();
    String check =
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        sys.dont_write_bytecode = True
        import verify_webhook as it
        headers = {"webhook-id": sys.argv[2], "webhook-timestamp": sys.argv[3],
                   "webhook-signature": sys.argv[4]}
        body, now = sys.argv[5].encode(), int(sys.argv[3])
        print(it.is_genuine(headers, body, now), it.is_genuine(headers, body + b" ", now),
              it.is_genuine(headers, body, now + 301))
        """;
    ProcessBuilder python =
        new ProcessBuilder(
            Tool.PYTHON.require().toString(),
            "-c",
            check,
            script.toString(),
            message.header("webhook-id"),
            message.header("webhook-timestamp"),
            message.header("webhook-signature"),
            new String(message.body(), StandardCharsets.UTF_8));
    python.environment().put("MAQUETTE_WEBHOOK_SECRET", secret);
    Process process = python.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("True False False");
  }

  @Test
  @Order(4)
  void a_failing_or_slow_receiver_misses_nothing_and_redirects_are_refused() throws Exception {
    String astray =
        make(redirecting.url().toString(), "status_changed")
            .getJsonObject("webhook")
            .getString("id");
    AtomicInteger calls = new AtomicInteger();
    receiver.always(
        request -> true,
        (exchange, usual) -> {
          if (calls.incrementAndGet() % 3 == 0) {
            receiver.acceptThenWait(1500).strike(exchange, usual); // after the time-out
          } else {
            Simulator.instead(Answer.json(500, "{\"no\":\"<b>luck</b>\"}")).strike(exchange, usual);
          }
        });
    String task = api().create("tried again");
    api().cancel(task);
    await().atMost(PATIENCE).until(() -> calls.get() >= 3);
    assertThat(deliveries(hook).stream().map(one -> one.getString("status"))).contains("PENDING");
    assertThat(deliveries(hook).toString()).contains("luck");

    await().atMost(PATIENCE).until(() -> state(hook).getString("state").equals("SUSPENDED"));
    int whenSuspended = receiver.received().size();
    receiver.recover();
    String later = api().create("while it is suspended");
    api().cancel(later);
    await().atMost(PATIENCE).until(() -> deliveries(hook).toString().contains(later));
    assertThat(receiver.received()).as("nothing is sent meanwhile").hasSize(whenSuspended);

    call("POST", "/api/webhooks/" + hook + "/resume", null, 200);
    for (String one : List.of(task, later)) {
      List<Long> rows = history(one, Set.of("STATUS_CHANGED", "IMAGE_STORED"));
      await().atMost(PATIENCE).until(() -> rows.equals(receiver.ids().get(one)));
    }
    await().atMost(PATIENCE).until(() -> state(hook).getString("state").equals("ACTIVE"));

    await()
        .atMost(PATIENCE)
        .until(() -> deliveries(astray).toString().contains("\"answerCode\":302"));
    assertThat(inside.received()).as("the canary").isEmpty();
    call("DELETE", "/api/webhooks/" + astray, null, 200);
  }

  @Tag("all")
  @Test
  @Order(5)
  void no_delivery_is_lost_when_the_server_is_killed() throws Exception {
    if (hook == null) { // it runs by itself, for a second time
      makeHook();
    }
    receiver.always(request -> true, receiver.acceptThenHang());
    List<String> tasks = new ArrayList<>();
    int before = receiver.received().size();
    for (int i = 0; i < 12; i++) {
      String task = api().create("before the end " + i);
      api().cancel(task);
      tasks.add(task);
    }
    await().atMost(PATIENCE).until(() -> receiver.received().size() > before);
    server.kill();
    receiver.recover();
    server = startServer();
    // what it held is due when its lease ends, or at once where it was never sent
    Map<String, List<Long>> rows = new LinkedHashMap<>();
    for (String task : tasks) {
      rows.put(task, history(task, Set.of("STATUS_CHANGED", "IMAGE_STORED")));
    }
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(
            () -> {
              Map<String, List<Long>> told = receiver.ids();
              return tasks.stream().allMatch(task -> rows.get(task).equals(told.get(task)));
            });
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                deliveries(hook).stream()
                    .allMatch(one -> one.getString("status").equals("DELIVERED")));
    Set<String> sent = new TreeSet<>();
    deliveries(hook).forEach(one -> sent.add(one.getJsonNumber("eventId").toString()));

    String again = sent.iterator().next();
    int count = receiver.received(message -> again.equals(message.header("webhook-id"))).size();
    call("POST", "/api/webhooks/" + hook + "/deliveries/" + again + "/resend", null, 200);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                receiver.received(message -> again.equals(message.header("webhook-id"))).size()
                    == count + 1);
  }
}
