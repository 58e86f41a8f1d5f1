package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.EventStream.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes as they are pushed to clients, whatever server they come from. */
@ExtendWith(ArquillianExtension.class)
@Tag("fault")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PushIT {

  /** The two ways; what is told is the same. */
  enum Way {
    EVENTS {
      @Override
      EventStream open(HttpClient http, URI base, String path, String query) throws Exception {
        return EventStream.open(http, base.resolve("api" + path + "/stream" + query));
      }
    },
    SOCKET {
      @Override
      EventStream open(HttpClient http, URI base, String path, String query) {
        return EventStream.openSocket(http, base.resolve("ws" + path + query));
      }
    };

    abstract EventStream open(HttpClient http, URI base, String path, String query)
        throws Exception;
  }

  private static final int MAX_CLIENTS = 40;
  private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

  @ArquillianResource private URI deployed;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.with(
        "push",
        Map.of(
            "maquette.worker.tick", "PT0.2S",
            "maquette.push.heartbeat", "PT0.5S",
            "maquette.push.clients", Integer.toString(MAX_CLIENTS)));
  }

  private URI base() {
    String root = deployed.toString();
    return root.endsWith("/") ? deployed : URI.create(root + "/");
  }

  private ApiClient api() {
    return new ApiClient(base());
  }

  private EventStream events(String path) throws IOException, InterruptedException {
    return EventStream.open(http, base().resolve("api" + path + "/stream"));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(base().resolve(path)).timeout(Duration.ofMinutes(1)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String completed(String prompt) throws IOException, InterruptedException {
    String id = api().create(prompt);
    api().awaitStatus(id, "IMAGE_COMPLETED");
    api().select(id, 2);
    api().awaitStatus(id, "MODEL_COMPLETED");
    return id;
  }

  private List<Long> history(String id) throws IOException, InterruptedException {
    return api().events(id).stream()
        .map(event -> event.asJsonObject().getJsonNumber("id").longValue())
        .toList();
  }

  private static List<Long> numbers(List<Message> changes) {
    return changes.stream().map(Message::number).toList();
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_sends_a_snapshot_then_every_change_in_order(Way way) throws Exception {
    String id = api().create("推送 🦊");
    try (EventStream stream = way.open(http, base(), "/tasks/" + id, "")) {
      JsonObject first = stream.await(message -> true).data().getJsonObject("task");
      assertThat(stream.heard().get(0).type()).isEqualTo("snapshot");
      assertThat(first.getString("prompt")).isEqualTo("推送 🦊");
      api().awaitStatus(id, "IMAGE_COMPLETED");
      api().select(id, 2);
      Message last = stream.awaitStatus("MODEL_COMPLETED");
      List<Long> history = history(id);
      List<Long> heard = numbers(stream.changes());
      assertThat(heard)
          .containsExactlyElementsOf(
              history.subList(history.size() - heard.size(), history.size()));
      assertThat(heard).hasSizeGreaterThan(6);
      assertThat(last.data().getJsonObject("task")).isEqualTo(withoutOutlook(api().get(id)));
      assertThat(last.data().getJsonObject("event"))
          .isEqualTo(api().events(id).get(history.size() - 1));
    }
  }

  private static JsonObject withoutOutlook(JsonObject task) {
    return Json.createObjectBuilder(task)
        .add("queuePosition", JsonValue.NULL)
        .add("estimate", JsonValue.NULL)
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void a_resumed_stream_misses_and_repeats_nothing(Way way) throws Exception {
    String id = completed("once and once only");
    List<Long> history = history(id);
    try (EventStream whole = way.open(http, base(), "/tasks/" + id, "?lastEventId=0")) {
      whole.awaitStatus("MODEL_COMPLETED");
      assertThat(numbers(whole.heard())).isEqualTo(history);
      for (Message message : whole.heard()) {
        try (EventStream rest =
            way.open(http, base(), "/tasks/" + id, "?lastEventId=" + message.id())) {
          int next = history.indexOf(message.number()) + 1;
          if (next < history.size()) {
            rest.awaitStatus("MODEL_COMPLETED");
          } else {
            rest.await(beat -> beat.type().equals("heartbeat"));
          }
          assertThat(numbers(rest.heard())).isEqualTo(history.subList(next, history.size()));
        }
      }
    }
  }

  @Test
  void a_browser_resumes_with_its_last_event_id() throws Exception {
    String id = completed("header");
    List<Long> history = history(id);
    try (EventStream rest =
        EventStream.open(
            http,
            base().resolve("api/tasks/" + id + "/stream?lastEventId=0"),
            "Last-Event-ID",
            history.get(4).toString())) {
      rest.awaitStatus("MODEL_COMPLETED");
      assertThat(numbers(rest.heard())).isEqualTo(history.subList(5, history.size()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_stream_has_all_tasks_of_the_caller(Way way) throws Exception {
    String earlier = api().create("earlier");
    try (EventStream stream = way.open(http, base(), "/tasks", "")) {
      Message snapshot = stream.await(message -> message.type().equals("snapshot"));
      assertThat(snapshot.data().getJsonArray("tasks").getJsonObject(0).getString("id"))
          .isEqualTo(earlier);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(api().create("one of five " + i));
      }
      for (String id : ids) {
        stream.await(
            message ->
                message.type().equals("change")
                    && message.data().getJsonObject("task").getString("id").equals(id)
                    && message
                        .data()
                        .getJsonObject("event")
                        .getString("to")
                        .equals("IMAGE_COMPLETED"));
        List<Long> heard =
            numbers(
                stream.changes().stream()
                    .filter(
                        change -> change.data().getJsonObject("task").getString("id").equals(id))
                    .toList());
        assertThat(heard).containsExactlyElementsOf(history(id));
      }
      assertThat(numbers(stream.changes())).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_deletion_is_sent_and_ends_the_stream_of_the_task(Way way) throws Exception {
    String id = completed("to be deleted");
    try (EventStream one = way.open(http, base(), "/tasks/" + id, "");
        EventStream all = way.open(http, base(), "/tasks", "")) {
      one.await(message -> message.type().equals("snapshot"));
      all.await(message -> message.type().equals("snapshot"));
      api().delete(id);
      assertThat(one.await(message -> message.type().equals("deleted")).data().getString("taskId"))
          .isEqualTo(id);
      all.await(message -> message.data().getString("taskId", "").equals(id));
      one.awaitEnd();
    }
  }

  @Test
  void an_idle_stream_sends_heartbeats() throws Exception {
    String id = completed("quiet");
    try (EventStream stream = events("/tasks/" + id)) {
      Message beat = stream.await(message -> message.type().equals("heartbeat"));
      assertThat(beat.id()).isNull();
      assertThat(beat.data().getString("at")).endsWith("Z");
    }
  }

  @Test
  void an_invalid_subscription_is_refused_by_name() throws Exception {
    HttpResponse<String> unknown = get("api/tasks/" + NOWHERE + "/stream?lang=en");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(unknown.body()).contains("\"NOT_FOUND\"", "Not found.");
    HttpResponse<String> wrong = get("api/tasks/stream?lastEventId=x");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"lastEventId\"", "VALIDATION_ERROR");
    try (EventStream socket = EventStream.openSocket(http, base().resolve("ws/tasks/" + NOWHERE))) {
      assertThat(socket.awaitEnd()).isEqualTo("1008 NOT_FOUND");
    }
    try (EventStream socket =
        EventStream.openSocket(http, base().resolve("ws/tasks?lastEventId=x"))) {
      assertThat(socket.awaitEnd()).isEqualTo("1008 VALIDATION_ERROR");
    }
  }

  @Test
  void pages_of_other_hosts_get_no_events() throws Exception {
    try (EventStream socket =
        EventStream.openSocket(
            http, base().resolve("ws/tasks"), "Origin", "https://evil.example")) {
      assertThat(socket.awaitEnd()).startsWith("1008");
      assertThat(socket.heard()).isEmpty();
    }
    try (EventStream socket =
        EventStream.openSocket(
            http, base().resolve("ws/tasks"), "Origin", "http://" + base().getRawAuthority())) {
      socket.await(message -> message.type().equals("snapshot"));
    }
  }

  @Test
  @Order(Integer.MAX_VALUE) // it leaves streams behind that the server is yet to miss
  void disconnected_clients_free_their_slots() throws Exception {
    List<EventStream> streams = new ArrayList<>();
    try {
      await()
          .until(
              () -> {
                try {
                  streams.add(events("/tasks"));
                  return false;
                } catch (AssertionError refused) {
                  return isFull();
                }
              });
      await().until(this::isFull);
    } finally {
      for (EventStream stream : streams) {
        stream.close();
      }
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> !isFull());
  }

  /** Whether one more is refused; a stream that is opened has no end, so only the head is read. */
  private boolean isFull() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(base().resolve("api/tasks/stream")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    response.body().close();
    if (response.statusCode() == 200) {
      return false;
    }
    assertThat(response.statusCode()).isEqualTo(503);
    return true;
  }
}
