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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Models of Tencent's by the whole WAR on a real server and database, with everything going wrong
 * on the wire that can. What becomes of each fault is the table in {@code docs/providers.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TencentContract {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<String> ENDS = Set.of("MODEL_COMPLETED", "FAILED", "CANCELLED");

  private final TencentSimulator tencent = new TencentSimulator();
  private final SiliconFlowSimulator pictures = new SiliconFlowSimulator();
  private final OpenAiSimulator chat = new OpenAiSimulator();
  private final Map<String, Arrangement> faults = new LinkedHashMap<>();
  private final List<String> prepared = new ArrayList<>();
  private String database;
  private Server server;
  private ApiClient api;

  /** Makes something go wrong. */
  private interface Arrangement {
    void arrange() throws Exception;
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
            .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow")
            .with("MAQUETTE_PROVIDER_PROMPT", "openai")
            .with("MAQUETTE_PROVIDER_MODEL", "tencent")
            .with("TENCENT_MP_REST_READTIMEOUT", "2000")
            .with("MAQUETTE_MODEL_DEADLINE", "PT15S")
            .with("MAQUETTE_RETRY_MODEL_DELAY", "PT0.2S")
            .with("MAQUETTE_RETRY_THROTTLED_DELAY", "PT0.5S")
            .with("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S")
            .with("MAQUETTE_RETRY_OPERATOR_DELAY", "PT2S")
            .values();
    server = start(folder, Path.of(System.getProperty("maquette.war")), environment);
    api = new ApiClient(server.base());
    arrangeFaults();
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
    faults.put("nothing", () -> {});
    faults.put("the clock is 400 s off", () -> tencent.clockAhead(Duration.ofSeconds(400)));
    faults.put("the key is unknown", () -> tencent.failNext("AuthFailure.SecretIdNotFound"));
    faults.put(
        "the picture is refused", () -> tencent.failNext("InvalidParameterValue.ImageInvalid"));
    faults.put("no credit is left", () -> tencent.failNext("ResourceInsufficient"));
    faults.put("too many requests, once", () -> tencent.failNext("RequestLimitExceeded"));
    faults.put(
        "the job limit is reported, once",
        () -> tencent.failNext("RequestLimitExceeded.JobNumExceed"));
    faults.put("an internal error, once", () -> tencent.failNext("InternalError"));
    faults.put(
        "the job fails and may pass, once",
        () -> tencent.failNextJob("FailedOperation.ServerError"));
    faults.put(
        "the job fails for its input", () -> tencent.failNextJob("InvalidParameter.ImageInvalid"));
    faults.put(
        "done without a file, once",
        () ->
            tencent.next(
                TencentSimulator::isQuery,
                Simulator.instead(
                    Answer.json(
                        200,
                        "{\"Response\":{\"Status\":\"DONE\",\"ErrorCode\":\"\","
                            + "\"ResultFile3Ds\":[],\"RequestId\":\"r\"}}"))));
    faults.put("never done", () -> tencent.pollsUntilDone(Integer.MAX_VALUE));
    faults.put(
        "the job is forgotten",
        () ->
            tencent.next(
                TencentSimulator::isQuery,
                (exchange, usual) -> {
                  tencent.forgetJobs();
                  Simulator.instead(usual.answer()).strike(exchange, usual);
                }));
    faults.put(
        "accepted, but the answer is malformed",
        () ->
            tencent.next(
                TencentSimulator::isSubmission,
                Simulator.acceptThen(Answer.json(200, "{\"Response\":{\"JobId"))));
    faults.put(
        "a malformed answer to a question",
        () ->
            tencent.next(TencentSimulator::isQuery, Simulator.instead(Answer.json(200, "<html>"))));
    faults.put(
        "HTTP 500 to the submission",
        () ->
            tencent.next(
                TencentSimulator::isSubmission, Simulator.instead(Answer.json(500, "{}"))));
    faults.put(
        "HTTP 503 to the submission",
        () ->
            tencent.next(
                TencentSimulator::isSubmission, Simulator.instead(Answer.json(503, "{}"))));
    faults.put(
        "HTTP 500 to a question",
        () -> tencent.next(TencentSimulator::isQuery, Simulator.instead(Answer.json(500, "{}"))));
    faults.put(
        "accepted, then no answer",
        () -> tencent.next(TencentSimulator::isSubmission, tencent.acceptThenHang()));
    faults.put(
        "accepted, then the connection is lost",
        () -> tencent.next(TencentSimulator::isSubmission, Simulator.acceptThenDrop()));
    faults.put(
        "an answer byte by byte",
        () -> tencent.next(TencentSimulator::isSubmission, tencent.slowly(10)));
    faults.put(
        "an answer of 2 GB",
        () ->
            tencent.next(
                TencentSimulator::isQuery,
                Simulator.huge(
                    "application/json",
                    "{\"Response\":".getBytes(StandardCharsets.UTF_8),
                    2L << 30)));
    faults.put(
        "a model file of 2 GB",
        () ->
            tencent.next(
                request -> request.uri().getPath().endsWith(".glb"),
                Simulator.huge("model/gltf-binary", TencentSimulator.model(), 2L << 30)));
    faults.put("the result's address has expired", tencent::expireNextAddresses);
  }

  @Test
  void picturesAndVariantsCameOverTheWire() throws Exception {
    assertThat(pictures.complaints()).isEmpty();
    assertThat(chat.complaints()).isEmpty();
    assertThat(pictures.accepted()).isEqualTo(4 * prepared.size());
    assertThat(chat.chats()).isEqualTo(prepared.size());
    JsonObject image = api.get(prepared.get(0)).getJsonArray("images").getJsonObject(0);
    assertThat(api.bytes(image.getString("url"))).isEqualTo(pictures.picture());
    assertThat(server.log())
        .doesNotContain(PictureSimulator.KEY)
        .doesNotContain("Signature=")
        .doesNotContain("may send a submission twice");
  }

  @Test
  void whateverGoesWrongEndsAsTheTableSays() throws Exception {
    StringBuilder table =
        new StringBuilder(
            """
            | on the wire | jobs | status | what people read | submissions in the ledger |
            | --- | --- | --- | --- | --- |
            """);
    int next = 0;
    for (Map.Entry<String, Arrangement> fault : faults.entrySet()) {
      String id = prepared.get(next++);
      int before = tencent.accepted();
      fault.getValue().arrange();
      api.select(id, 1);
      JsonObject task =
          api.await(id, PATIENCE, looked -> ENDS.contains(looked.getString("status")));
      restore();
      String message = task.isNull("errorMessage") ? "" : task.getString("errorMessage");
      String code = task.isNull("errorCode") ? "" : " " + task.getString("errorCode");
      table.append(
          "| %s | %d | %s%s | %s | %s |%n"
              .formatted(
                  fault.getKey(),
                  tencent.accepted() - before,
                  task.getString("status"),
                  code,
                  message,
                  String.join(", ", ledger(id))));
      Histories.assertLegalWalk(api.events(id), task.getString("status"));
    }
    assertThat(tencent.complaints()).allMatch(complaint -> complaint.contains("AuthFailure"));
    assertThat(server.log()).doesNotContain(TencentSimulator.SECRET_KEY);
    GeneratedSection.check(Path.of("docs", "providers.md"), "Tencent's faults", table.toString());
  }

  private void restore() {
    tencent.recover();
    tencent.clockAhead(Duration.ZERO);
    tencent.pollsUntilDone(2);
    tencent.forgetJobs();
  }

  @Test
  void anAnswerAfterCancellingIsKeptAsLate() throws Exception {
    String id = prepared.get(faults.size());
    tencent.next(TencentSimulator::isSubmission, tencent.acceptThenWait(1500));
    int before = tencent.received(TencentSimulator::isSubmission).size();
    api.select(id, 2);
    await().until(() -> tencent.received(TencentSimulator::isSubmission).size() > before);
    api.cancel(id);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(ledger(id)).containsExactly("ACCEPTED late, then CANNOT_STOP"));
    assertThat(api.get(id).getString("status")).isEqualTo("CANCELLED");
    tencent.forgetJobs();
  }

  @Test
  void aRetiredActionFailsNobodyAndIsTold() throws Exception {
    String id = prepared.get(faults.size() + 1);
    tencent.offline(true);
    try {
      api.select(id, 3);
      await().atMost(PATIENCE).until(() -> provider("ClosedBecause").equals("RETIRED"));
      assertThat((String) provider("Notice")).contains("ActionOffline");
      assertThat(api.get(id).getString("status")).isEqualTo("MODEL_GENERATING");
    } finally {
      tencent.offline(false);
    }
    api.awaitStatus(id, "MODEL_COMPLETED");
    assertThat(ledger(id)).endsWith("ACCEPTED, 20.5 credits");
    await().atMost(PATIENCE).until(() -> provider("InUse").equals(true));
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
