package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes on one PostgreSQL and one folder of files. They run on from one test to the next, in
 * this order, and the audit at the end is of all that happened.
 */
@Tag("all")
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));
  private static final Duration GONE_AFTER = Duration.ofSeconds(5);
  private static final int OPEN_JOBS = 6;

  /** What Meshy takes in a second, of all nodes together. */
  private static final int PACE = 20;

  private static final int JITTER = 6;

  private static final int TASKS = Integer.getInteger("it.nodes.tasks", 16);

  private final Path folder = Wars.freshFolder("nodes");
  private final String database = Wars.freshPostgres("nodes");
  private final Audit audit = Audit.ofPostgres(database, folder.resolve("home/files"));
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Set<String> accepted = new LinkedHashSet<>();
  private Standstill providers;
  private PayaraMicro north;
  private PayaraMicro south;

  private Map<String, String> environment(String name) {
    return providers
        .environment(folder)
        .onPostgres(database)
        .with("MAQUETTE_NODE_NAME", name)
        .with("MAQUETTE_NODE_GONE_AFTER", GONE_AFTER.toString())
        .with("MAQUETTE_WORKER_GRACE", "PT1S")
        .with("MAQUETTE_MODEL_CONCURRENCY", Integer.toString(OPEN_JOBS))
        .with("MAQUETTE_MODEL_POLL_INTERVAL", "PT0.1S")
        .with("SILICONFLOW_MP_REST_READTIMEOUT", "8000")
        .with("MESHY_MP_REST_READTIMEOUT", "8000")
        .values();
  }

  @BeforeAll
  void start() throws Exception {
    providers = new Standstill(database);
    CompletableFuture<PayaraMicro> starting =
        PayaraMicro.starting(folder.resolve("south"), WAR, environment("south"));
    north = PayaraMicro.start(folder.resolve("north"), WAR, environment("north"));
    south = starting.join();
  }

  @AfterAll
  void stop() throws Exception {
    providers.close();
    for (PayaraMicro node : new PayaraMicro[] {north, south}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private ApiClient north() {
    return new ApiClient(north.base());
  }

  private ApiClient south() {
    return new ApiClient(south.base());
  }

  private String create(ApiClient api, String prompt) throws Exception {
    String id = api.create(prompt);
    accepted.add(id);
    return id;
  }

  private static void completeModel(ApiClient api, String id) throws Exception {
    api.awaitStatus(id, "IMAGE_COMPLETED");
    api.select(id, 1);
    api.awaitStatus(id, "MODEL_COMPLETED");
  }

  private Map<String, String> states(ApiClient api) throws Exception {
    Map<String, String> states = new HashMap<>();
    for (JsonValue node : api.workers().getJsonArray("nodes")) {
      states.put(node.asJsonObject().getString("name"), node.asJsonObject().getString("state"));
    }
    return states;
  }

  private List<String> outcomes(String id, String place) throws SQLException {
    return audit.calls().stream()
        .filter(call -> call.task().equals(id) && call.place().equals(place))
        .map(call -> call.outcome() + (call.reason() == null ? "" : " again"))
        .toList();
  }

  private int resumptions(String id) throws SQLException {
    return audit
        .rows(
            "select id from task_event where event_type = 'WORK_RESUMED'"
                + " and cast(task_id as varchar(36)) = ?",
            id)
        .size();
  }

  /** A row of the history that is numbered now, and seen when its transaction commits. */
  private final class LateRow implements AutoCloseable {
    private final Connection connection;
    private final long number;

    LateRow(String task) throws SQLException {
      connection = DriverManager.getConnection(database, "postgres", "");
      connection.setAutoCommit(false);
      try (Statement sql = connection.createStatement();
          ResultSet row =
              sql.executeQuery(
                  "insert into task_event (id, task_id, owner, occurred_at, event_type,"
                      + " from_status, to_status, actor, node, attempt)"
                      + " select nextval('task_event_number'), id, owner, now(), 'WORK_RESUMED',"
                      + " status, status, 'test', 'test', 1 from task where id = '"
                      + task
                      + "' returning id")) {
        row.next();
        number = row.getLong(1);
      }
    }

    void commit() throws SQLException {
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @Test
  @Order(1)
  void limits_hold_over_both_nodes_and_each_sends_the_changes_of_the_other() throws Exception {
    assertThat(states(north())).isEqualTo(Map.of("north", "UP", "south", "UP"));
    String resting = create(north(), "resting");
    north().awaitStatus(resting, "IMAGE_COMPLETED");
    providers.models.pollsUntilDone(6);
    List<String> ids = new ArrayList<>();
    try (EventStream atNorth = EventStream.follow(http, north.base().resolve("/api/tasks/stream"));
        EventStream atSouth = EventStream.follow(http, south.base().resolve("/api/tasks/stream"));
        LateRow late = new LateRow(resting)) {
      List<Duration> delays = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        boolean here = task % 2 == 0;
        String id = create(here ? north() : south(), "task " + task);
        long told = System.nanoTime();
        long heard = (here ? atSouth : atNorth).await(message -> message.isAbout(id)).heardAt();
        delays.add(Duration.ofNanos(Math.max(0, heard - told)));
        ids.add(id);
      }
      for (int task = 0; task < TASKS; task++) { // chosen at both, so that both look for work
        north().awaitStatus(ids.get(task), "IMAGE_COMPLETED");
        (task % 2 == 0 ? north() : south()).select(ids.get(task), 1);
      }
      north().awaitStatus(ids.get(TASKS / 2), "MODEL_COMPLETED");
      late.commit();
      for (String id : ids) {
        south().awaitStatus(id, "MODEL_COMPLETED");
      }
      Set<Long> expected = numbersOf(ids);
      expected.add(late.number);
      for (EventStream stream : List.of(atNorth, atSouth)) {
        await()
            .untilAsserted(
                () -> assertThat(new HashSet<>(numbers(stream.changes()))).containsAll(expected));
        assertThat(numbers(stream.changes())).doesNotHaveDuplicates();
        for (String id : ids) {
          assertThat(numbers(stream.changes().stream().filter(one -> one.isAbout(id)).toList()))
              .isSorted();
        }
      }
      delays.sort(null);
      Measured.note("push to a client of the other node, median", delays.get(TASKS / 2));
      Measured.note("push to a client of the other node, longest", delays.get(TASKS - 1));
    }
    assertThat(providers.models.maxOpenJobs()).isEqualTo(OPEN_JOBS);
    assertPaceWasKept();
    assertThat(audit.rows("select distinct node from provider_call where stage = 'MODEL'").keySet())
        .containsExactlyInAnyOrder("north", "south");
    providers.models.pollsUntilDone(1);
    audit.check(accepted);
  }

  private Set<Long> numbersOf(Collection<String> ids) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    for (List<String> row : audit.rows("select id, task_id from task_event").values()) {
      if (ids.contains(row.get(1))) {
        numbers.add(Long.parseLong(row.get(0)));
      }
    }
    return numbers;
  }

  private static List<Long> numbers(List<EventStream.Message> changes) {
    return changes.stream().map(EventStream.Message::number).toList();
  }

  /** On a busy machine a request may leave later than its turn was, and so nearer to the next. */
  private void assertPaceWasKept() throws Exception {
    List<Long> calls =
        providers
            .models
            .received(request -> !request.uri().getPath().startsWith("/files/"))
            .stream()
            .map(request -> request.nanoTime())
            .sorted()
            .toList();
    double seconds = (calls.get(calls.size() - 1) - calls.get(0)) / 1e9;
    Measured.note(
        "calls to a provider of 20 a second, over two nodes",
        String.format("%d in %.1f s", calls.size(), seconds));
    assertThat(calls).hasSizeGreaterThan(TASKS * 6);
    for (int first = 0; first + PACE + JITTER < calls.size(); first++) {
      assertThat(calls.get(first + PACE + JITTER) - calls.get(first))
          .as("%d calls from call %d on", PACE + JITTER + 1, first)
          .isGreaterThan(Duration.ofSeconds(1).toNanos());
    }
  }

  private String operatorsKey() throws Exception {
    PayaraMicro first = north.log().contains("The first operator signs in as") ? north : south;
    return OperatorClient.keyOf(first.base(), first.log());
  }

  /** The state of a provider as the node sees it. */
  private static String stateOf(String provider, URI node, String key) throws Exception {
    return Person.withToken(node, key)
        .get("/api/admin/providers")
        .json()
        .getJsonArray("data")
        .stream()
        .map(JsonValue::asJsonObject)
        .filter(state -> state.getString("name").equals(provider))
        .map(state -> state.getString("state"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(2)
  void a_provider_paused_at_one_node_is_paused_at_both() throws Exception {
    String goesOn = create(north(), "has pictures before the pause");
    north().awaitStatus(goesOn, "IMAGE_COMPLETED");
    String key = operatorsKey();
    String path = "/api/admin/providers/siliconflow/";
    String why = "{\"reason\":\"a bill\"}";
    List<String> held = new ArrayList<>();
    assertThat(Person.withToken(north.base(), key).call("POST", path + "pause", why).status())
        .isEqualTo(200);
    try {
      for (Server node : List.of(north, south)) {
        await().until(() -> stateOf("siliconflow", node.base(), key).equals("PAUSED"));
      }
      int before = providers.pictures.received(providers.pictures::isSubmission).size();
      held.add(create(north(), "waits for the bill"));
      held.add(create(south(), "waits, too"));
      completeModel(south(), goesOn); // the other provider is in use
      assertThat(providers.pictures.received(providers.pictures::isSubmission)).hasSize(before);
    } finally {
      assertThat(Person.withToken(south.base(), key).call("POST", path + "resume", why).status())
          .isEqualTo(200);
    }
    for (String id : held) {
      completeModel(north(), id);
    }
    audit.check(accepted);
  }

  @Test
  @Order(3)
  void a_lost_answer_has_an_unknown_outcome_and_the_submission_is_repeated_once() throws Exception {
    providers.pictures.next(providers.pictures::isSubmission, providers.pictures.acceptThenHang());
    String pictures = create(north(), "accept, then hang");
    north().awaitStatus(pictures, "IMAGE_COMPLETED");
    providers.models.next(
        request -> request.method().equals("POST"), providers.models.acceptThenHang());
    long began = System.nanoTime();
    completeModel(south(), pictures);
    Measured.since(began, "lost answer to a submission (8 s time-out, 1 s delay), model done");
    assertThat(audit.calls().stream().filter(call -> call.task().equals(pictures)))
        .filteredOn(call -> call.outcome().equals("UNKNOWN"))
        .hasSize(2);
    assertThat(outcomes(pictures, "-1")).containsExactly("UNKNOWN", "ACCEPTED again");
    audit.check(accepted);
  }

  @Test
  @Order(3)
  void a_result_waits_for_the_lock_of_its_task() throws Exception {
    Standstill.Gate gate = new Standstill.Gate();
    providers.pictures.next(providers.pictures::isSubmission, gate.acceptAndWait());
    String id = create(north(), "locked meanwhile");
    gate.awaitArrivals(1);
    try (Connection somebody = DriverManager.getConnection(database, "postgres", "");
        Statement sql = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      sql.execute("select id from task where id = '" + id + "' for update");
      gate.open();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !audit
                      .rows("select pid from pg_stat_activity where wait_event_type = 'Lock'")
                      .isEmpty());
      somebody.rollback();
    }
    north().awaitStatus(id, "IMAGE_COMPLETED");
    assertThat(resumptions(id)).as("leases that had to run out").isZero();
    assertThat(outcomes(id, "0")).containsExactly("ACCEPTED");
  }

  @Test
  @Order(4)
  void a_result_of_a_paused_node_is_refused() throws Exception {
    String model = create(north(), "chosen before the nap");
    north().awaitStatus(model, "IMAGE_COMPLETED");
    south.pause();
    Standstill.Gate gate = new Standstill.Gate();
    providers.pictures.next(providers.pictures::isSubmission, gate.acceptAndWait());
    String pictures = create(north(), "a long nap");
    gate.awaitArrivals(1);
    providers.models.next(request -> request.method().equals("POST"), gate.acceptAndWait());
    north().select(model, 0);
    gate.awaitArrivals(2);
    north.pause();
    south.resume();
    long began = System.nanoTime();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> resumptions(pictures) == 1 && resumptions(model) == 1);
    Measured.since(
        began, "kill -STOP, another node has taken over (gone after " + GONE_AFTER + ")");
    assertThat(states(south())).containsEntry("north", "GONE");
    south().awaitStatus(pictures, "IMAGE_COMPLETED");
    JsonObject done = south().awaitStatus(model, "MODEL_COMPLETED");
    gate.open();
    north.resume();
    await().atMost(Duration.ofMinutes(1)).until(() -> states(south()).get("north").equals("UP"));
    for (String id : List.of(pictures, model)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(audit.calls())
                      .filteredOn(call -> call.task().equals(id) && call.late())
                      .as("late results in the ledger")
                      .hasSize(1)
                      .allMatch(call -> call.outcome().equals("ACCEPTED")));
    }
    assertThat(south().get(model)).isEqualTo(done);
    audit.check(accepted);
  }

  @Test
  @Order(5)
  void a_stopping_node_hands_its_tasks_to_the_other() throws Exception {
    north.pause();
    Standstill.Gate gate = new Standstill.Gate();
    providers.pictures.next(providers.pictures::isSubmission, gate.acceptAndWait());
    String id = create(south(), "handed over");
    gate.awaitArrivals(1);
    north.resume();
    long began = System.nanoTime();
    south.stop();
    Measured.since(began, "SIGTERM, the node has ended (grace 1 s)");
    north().awaitStatus(id, "IMAGE_COMPLETED");
    Measured.since(began, "SIGTERM, the other node has finished its task");
    gate.open();
    assertThat(states(north())).containsEntry("south", "STOPPED");
    assertThat(resumptions(id)).as("leases that had to run out").isZero();
    assertThat(outcomes(id, "0")).containsExactly("UNKNOWN", "ACCEPTED again");
    audit.check(accepted);
  }

  /** The newer one is given the older one's name as well, by mistake. */
  @Test
  @Order(6)
  void an_older_and_a_newer_version_work_together() throws Exception {
    Path newer = Files.createDirectories(folder.resolve("newer")).resolve("maquette.war");
    Wars.with("newer", Map.of())
        .addAsResource(
            new StringAsset(
                "alter table task add column note varchar(20);"
                    + " create table later (id integer primary key);"),
            "db/migration/V999__later.sql")
        .as(ZipExporter.class)
        .exportTo(newer.toFile());
    String during = create(north(), "made while the schema changes");
    south = PayaraMicro.start(folder.resolve("south"), newer, environment("north"));
    north().awaitStatus(during, "IMAGE_COMPLETED");
    assertThat(audit.rows("select max(version) from flyway_schema_history where version = '999'"))
        .containsOnlyKeys("999");
    String name = south().workers().getString("node");
    assertThat(name).matches("north-[0-9a-f]{4}");
    assertThat(south.log())
        .contains("already uses the name north, so this node uses the name " + name)
        .contains("maquette.node.name");
    assertThat(states(north())).containsEntry("north", "UP").containsEntry(name, "UP");
    completeModel(north(), during);
    completeModel(south(), create(south(), "made by the newer one"));

    north.stop();
    north = PayaraMicro.start(folder.resolve("north"), WAR, environment("north"));
    assertThat(north().workers().getString("node")).isEqualTo("north");
    completeModel(north(), create(north(), "made by the older one on the newer schema"));
  }

  @Test
  @Order(7)
  void nothing_was_lost_or_unrecorded() throws Exception {
    audit.check(accepted);
    audit.checkCount("IMAGE", providers.pictures.accepted(), 0);
    audit.checkCount("MODEL", providers.models.acceptedSubmissions(), 0);
    Measured.note("two nodes, submissions made again, by why", audit.madeAgain());
    assertThat(providers.pictures.complaints()).isEmpty();
    assertThat(providers.models.complaints()).isEmpty();
  }
}
