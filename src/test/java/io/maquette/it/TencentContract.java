package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.GeneratedSection;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.SiliconFlowSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.it.simulator.TencentSwitchboard;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Models of Tencent's by the whole WAR on a real server and database, with everything going wrong
 * on the wire that can. What becomes of each fault is the table in {@code docs/providers.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TencentContract {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** How many submissions the circuit looks back at. */
  private static final String NEVER_OPEN =
      "IO_MAQUETTE_PROVIDER_TENCENT_TENCENTMODELPROVIDER_SUBMIT_CIRCUITBREAKER"
          + "_REQUESTVOLUMETHRESHOLD";

  private static final Set<String> ENDS = Set.of("MODEL_COMPLETED", "FAILED", "CANCELLED");

  private final TencentSwitchboard tencent = new TencentSwitchboard();
  private final SiliconFlowSimulator pictures = new SiliconFlowSimulator();
  private final OpenAiSimulator chat = new OpenAiSimulator();
  private final Map<String, Arrangement> faults = new LinkedHashMap<>();
  private final List<String> prepared = new ArrayList<>();
  private String database;
  private Server server;
  private ApiClient api;

  /** Makes something go wrong with a job. */
  private interface Arrangement {
    void arrange(TencentSimulator line);
  }

  abstract Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException;

  @BeforeAll
  void startServer() throws Exception {
    Path folder = Wars.freshFolder("tencent");
    database = Wars.freshPostgres("tencent");
    Map<String, String> environment =
        new Environment(folder)
            .onPostgres(database)
            .at(pictures, "siliconflow")
            .at(chat, "openai")
            .at(tencent)
            .with("MAQUETTE_DOWNLOAD_ALLOWED_HOSTS", "127.0.0.1") // each has its own port
            .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow")
            .with("MAQUETTE_PROVIDER_PROMPT", "openai")
            .with("MAQUETTE_PROVIDER_MODEL", "tencent")
            .with("MAQUETTE_IMAGE_CONCURRENCY", "8")
            .with("MAQUETTE_MODEL_CONCURRENCY", "100")
            .with(NEVER_OPEN, "1000") // so many faults at once would open the circuit
            .with("TENCENT_MP_REST_READTIMEOUT", "2000")
            .with("MAQUETTE_MODEL_DEADLINE", "PT25S")
            .with("MAQUETTE_RETRY_MODEL_DELAY", "PT0.2S")
            .with("MAQUETTE_RETRY_THROTTLED_DELAY", "PT0.5S")
            .with("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S")
            .with("MAQUETTE_RETRY_DOWN_DELAY", "PT1S")
            .with("MAQUETTE_RETRY_OPERATOR_DELAY", "PT2S")
            .values();
    server = start(folder, Path.of(System.getProperty("maquette.war")), environment);
    api = new ApiClient(server.base());
    arrangeFaults();
    pictures.drawBy(TencentContract::picture);
    for (int task = 0; task < faults.size() + 2; task++) {
      prepared.add(api.create("task " + task));
    }
    prepared.forEach(id -> api.awaitStatus(id, "IMAGE_COMPLETED"));
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
    tencent.close();
    pictures.close();
    chat.close();
  }

  private void arrangeFaults() {
    faults.put("nothing", line -> {});
    faults.put(
        "the clock is 400 s off, once", line -> line.failNext("AuthFailure.SignatureExpire"));
    faults.put("the key is unknown, once", line -> line.failNext("AuthFailure.SecretIdNotFound"));
    faults.put(
        "the picture is refused", line -> line.failNext("InvalidParameterValue.ImageInvalid"));
    faults.put("no credit is left, once", line -> line.failNext("ResourceInsufficient"));
    faults.put("too many requests, once", line -> line.failNext("RequestLimitExceeded"));
    faults.put(
        "the job limit is reported, once",
        line -> line.failNext("RequestLimitExceeded.JobNumExceed"));
    faults.put("an internal error, once", line -> line.failNext("InternalError"));
    faults.put(
        "the job fails and may pass, once",
        line -> line.failNextJob("FailedOperation.ServerError"));
    faults.put(
        "the job fails for its input", line -> line.failNextJob("InvalidParameter.ImageInvalid"));
    faults.put(
        "done without a file, once",
        line ->
            line.next(
                TencentSimulator::isQuery,
                Simulator.instead(
                    Answer.json(
                        200,
                        "{\"Response\":{\"Status\":\"DONE\",\"ErrorCode\":\"\","
                            + "\"ResultFile3Ds\":[],\"RequestId\":\"r\"}}"))));
    faults.put("never done", line -> line.pollsUntilDone(Integer.MAX_VALUE));
    faults.put(
        "the job is forgotten",
        line ->
            line.next(
                TencentSimulator::isQuery,
                (exchange, usual) -> {
                  line.forgetJobs();
                  Simulator.instead(usual.answer()).strike(exchange, usual);
                }));
    faults.put(
        "accepted, but the answer is malformed",
        line ->
            line.next(
                TencentSimulator::isSubmission,
                Simulator.acceptThen(Answer.json(200, "{\"Response\":{\"JobId"))));
    faults.put(
        "a malformed answer to a question",
        line ->
            line.next(TencentSimulator::isQuery, Simulator.instead(Answer.json(200, "<html>"))));
    faults.put(
        "HTTP 500 to the submission",
        line ->
            line.next(TencentSimulator::isSubmission, Simulator.instead(Answer.json(500, "{}"))));
    faults.put(
        "HTTP 503 to the submission",
        line ->
            line.next(TencentSimulator::isSubmission, Simulator.instead(Answer.json(503, "{}"))));
    faults.put(
        "HTTP 500 to a question",
        line -> line.next(TencentSimulator::isQuery, Simulator.instead(Answer.json(500, "{}"))));
    faults.put(
        "accepted, then no answer",
        line -> line.next(TencentSimulator::isSubmission, line.acceptThenHang()));
    faults.put(
        "accepted, then the connection is lost",
        line -> line.next(TencentSimulator::isSubmission, Simulator.acceptThenDrop()));
    faults.put(
        "an answer byte by byte",
        line -> line.next(TencentSimulator::isSubmission, line.slowly(10)));
    faults.put(
        "an answer of 2 GB",
        line ->
            line.next(
                TencentSimulator::isQuery,
                Simulator.huge(
                    "application/json",
                    "{\"Response\":".getBytes(StandardCharsets.UTF_8),
                    2L << 30)));
    faults.put(
        "a model file of 2 GB",
        line ->
            line.next(
                request -> request.uri().getPath().endsWith(".glb"),
                Simulator.huge("model/gltf-binary", TencentSimulator.model(), 2L << 30)));
    faults.put("the result's address has expired", TencentSimulator::expireNextAddresses);
  }

  /** No two are the same, so that jobs can be told apart by them. */
  private static byte[] picture(int number) {
    return PictureSimulator.image("png", 128 + number);
  }

  /** The simulator that has the jobs of a task, of its second picture. */
  private TencentSimulator lineOf(String id) throws Exception {
    JsonObject second = api.get(id).getJsonArray("images").getJsonObject(1);
    return tencent.lineFor(api.bytes(second.getString("url")));
  }

  @Test
  void pictures_and_prompt_variants_came_from_the_simulators() throws Exception {
    assertThat(pictures.complaints()).isEmpty();
    assertThat(chat.complaints()).isEmpty();
    assertThat(pictures.accepted()).isEqualTo(4 * prepared.size());
    assertThat(chat.chats()).isEqualTo(prepared.size());
    JsonObject image = api.get(prepared.get(0)).getJsonArray("images").getJsonObject(0);
    assertThat(IntStream.rangeClosed(1, pictures.accepted()).mapToObj(TencentContract::picture))
        .contains(api.bytes(image.getString("url")));
    assertThat(server.log())
        .doesNotContain(PictureSimulator.KEY)
        .doesNotContain("Signature=")
        .doesNotContain("may send a submission twice");
  }

  @Test
  void connections_are_reused() {
    List<Simulator.Received> calls = pictures.received(pictures::isSubmission);
    assertThat(calls.stream().map(Simulator.Received::from).distinct())
        .hasSizeLessThan(calls.size() / 2);
  }

  /**
   * All at once, as each task has a line of its own, on which its fault alone happens; but those
   * that keep the machine itself busy come after the others, one by one.
   */
  @Tag("all")
  @Test
  void every_failure_ends_as_the_table_says() throws Exception {
    Iterator<String> ids = prepared.iterator();
    Map<String, String> taskOf = new LinkedHashMap<>();
    faults.keySet().forEach(fault -> taskOf.put(fault, ids.next()));
    List<String> heavy = faults.keySet().stream().filter(fault -> fault.endsWith("2 GB")).toList();
    List<String> light = faults.keySet().stream().filter(fault -> !heavy.contains(fault)).toList();
    for (String fault : light) {
      begin(fault, taskOf.get(fault));
    }
    light.forEach(fault -> ended(taskOf.get(fault)));
    for (String fault : heavy) {
      begin(fault, taskOf.get(fault));
      ended(taskOf.get(fault));
    }
    StringBuilder table =
        new StringBuilder(
            """
            | on the wire | jobs | status | what people read | submissions in the ledger |
            | --- | --- | --- | --- | --- |
            """);
    for (Map.Entry<String, String> row : taskOf.entrySet()) {
      String id = row.getValue();
      JsonObject task = ended(id);
      String message = task.isNull("errorMessage") ? "" : task.getString("errorMessage");
      String code = task.isNull("errorCode") ? "" : " " + task.getString("errorCode");
      table.append(
          "| %s | %d | %s%s | %s | %s |%n"
              .formatted(
                  row.getKey(),
                  lineOf(id).accepted(),
                  task.getString("status"),
                  code,
                  message,
                  String.join(", ", ledger(id))));
      Histories.assertLegalWalk(api.events(id), task.getString("status"));
      assertThat(lineOf(id).complaints()).allMatch(complaint -> complaint.contains("AuthFailure"));
    }
    assertThat(tencent.complaints()).isEmpty();
    assertThat(server.log()).doesNotContain(TencentSimulator.SECRET_KEY);
    GeneratedSection.check(Path.of("docs", "providers.md"), "Tencent's faults", table.toString());
  }

  private void begin(String fault, String id) throws Exception {
    faults.get(fault).arrange(lineOf(id));
    api.select(id, 1);
  }

  private JsonObject ended(String id) {
    return api.await(id, PATIENCE, looked -> ENDS.contains(looked.getString("status")));
  }

  @Test
  void an_answer_after_cancel_is_recorded_as_late() throws Exception {
    String id = prepared.get(faults.size());
    TencentSimulator line = lineOf(id);
    line.next(TencentSimulator::isSubmission, line.acceptThenWait(1500));
    api.select(id, 1);
    await().until(() -> !line.received(TencentSimulator::isSubmission).isEmpty());
    api.cancel(id);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(ledger(id)).containsExactly("ACCEPTED late, then CANNOT_STOP"));
    assertThat(api.events(id).toString()).contains("JOB_CANCELLED", "CANNOT_STOP");
    assertThat(api.get(id).getString("status")).isEqualTo("CANCELLED");
  }

  @Test
  void a_retired_action_fails_no_task_and_is_reported() throws Exception {
    String id = prepared.get(faults.size() + 1);
    lineOf(id).offline(true);
    api.select(id, 1);
    await().atMost(PATIENCE).until(() -> provider("ClosedBecause").equals("RETIRED"));
    assertThat((String) provider("Notice")).contains("ActionOffline");
    assertThat(server.readiness()).contains("RETIRED since").contains("ActionOffline");
    assertThat(metrics()).contains(state("RETIRED") + " 1.0").contains(state("IN_USE") + " 0.0");
    assertThat(api.get(id).getString("status")).isEqualTo("MODEL_GENERATING");
    lineOf(id).offline(false);
    api.awaitStatus(id, "MODEL_COMPLETED");
    assertThat(ledger(id)).endsWith("ACCEPTED, 20.5 credits");
    await().atMost(PATIENCE).until(() -> provider("InUse").equals(true));
    assertThat(metrics()).contains(state("IN_USE") + " 1.0");
  }

  private String metrics() throws Exception {
    return new String(api.bytes("/api/metrics"), StandardCharsets.UTF_8);
  }

  private static String state(String name) {
    return "maquette_provider_state{provider=\"tencent\",state=\"" + name + "\"}";
  }

  private Object provider(String attribute) throws Exception {
    try (JMXConnector connector = server.jmx()) {
      return connector
          .getMBeanServerConnection()
          .getAttribute(
              new ObjectName("io.maquette:application=maquette,type=Provider,name=tencent"),
              attribute);
    }
  }

  /** What the ledger says of a task's submissions for its model, oldest first. */
  private List<String> ledger(String id) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "postgres", "");
        PreparedStatement query =
            connection.prepareStatement(
                "select outcome, problem, late, cancellation, credits from provider_call"
                    + " where task_id = ? and stage = 'MODEL' order by id")) {
      query.setObject(1, UUID.fromString(id));
      List<String> rows = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(
              row.getString("outcome")
                  + (row.getString("problem") == null ? "" : " " + row.getString("problem"))
                  + (row.getBoolean("late") ? " late" : "")
                  + (row.getString("cancellation") == null
                      ? ""
                      : ", then " + row.getString("cancellation"))
                  + (row.getBigDecimal("credits") == null
                      ? ""
                      : ", "
                          + row.getBigDecimal("credits").stripTrailingZeros().toPlainString()
                          + " credits"));
        }
      }
      return rows;
    }
  }
}
