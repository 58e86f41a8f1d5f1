package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Check of what must be true after every fault. It reads the rows and the files, not the
 * application.
 *
 * <p>Accepted tasks are accounted for and at rest, no lease is left, no submission is unrecorded,
 * every one that was made again says why, files and rows belong together, and every history is a
 * legal walk that ends where the task is.
 */
final class Audit {

  /** How long tasks may take to come to rest, and files to be swept. */
  /** Longer than a lease, which the last to be heard of may have to wait for. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Pattern REASON =
      Pattern.compile(
          "outcome of call (\\d+) is unknown|call (\\d+) was not accepted: [A-Z_]+"
              + "|call (\\d+) was accepted, but gave no usable result");

  private final String url;
  private final String user;
  private final String password;
  private final Path files;

  private Audit(String url, String user, String password, Path files) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.files = files;
  }

  /** Of a PostgreSQL and a folder. */
  static Audit ofPostgres(String url, Path files) {
    return new Audit(url, "postgres", "", files);
  }

  /** Of what a server that has ended left in its home. */
  static Audit ofHome(Path home) {
    return ofHome(home, home.resolve("files"));
  }

  /** The same, with its files elsewhere. */
  static Audit ofHome(Path home, Path files) {
    return new Audit(
        "jdbc:h2:file:" + home.resolve("database/maquette"), "maquette", "maquette", files);
  }

  /** One submission as the ledger has it. */
  record Call(
      long id,
      String task,
      String stage,
      String place,
      String outcome,
      String reason,
      boolean late) {}

  /**
   * Checks everything but the providers' counts.
   *
   * @param accepted the tasks that clients were told of and that were not deleted
   */
  void check(Collection<String> accepted) throws SQLException, IOException {
    awaitRest();
    assertThat(rows("select cast(id as varchar(36)) from task").keySet()).containsAll(accepted);
    assertEverySubmissionSaysWhy();
    assertHistoriesAreLegalWalks();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(Audit::isSweptAway)
        .untilAsserted(this::assertFilesAndRowsBelongTogether);
  }

  /** What a node swept away while it was looked at. */
  private static boolean isSweptAway(Throwable e) {
    return e instanceof NoSuchFileException || e.getCause() instanceof NoSuchFileException;
  }

  /** Waits until nothing is due and nothing is held. */
  void awaitRest() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(
                        rows(
                            "select cast(id as varchar(36)), status, leased_by, due_at from task"
                                + " where due_at is not null or leased_by is not null"))
                    .as("tasks that are not at rest")
                    .isEmpty());
  }

  /**
   * Checks that a provider took in as many submissions as the ledger says it did, or may have.
   *
   * @param stage {@code IMAGE} or {@code MODEL}
   * @param taken what the simulated provider has counted
   * @param lost submissions of unknown outcome that are known never to have arrived
   */
  void checkCount(String stage, long taken, long lost) throws SQLException {
    long recorded =
        calls().stream()
            .filter(call -> call.stage().equals(stage))
            .filter(call -> !call.outcome().equals("REFUSED"))
            .count();
    assertThat(taken).as("submissions of stage " + stage).isEqualTo(recorded - lost);
  }

  /**
   * Checks the same where connections to the database were lost: a row may be committed and its
   * node not know, which then makes no submission. Such a row says nothing of an answer.
   */
  void checkCount(String stage, long taken) throws SQLException {
    Map<Boolean, Long> isAnswered =
        calls().stream()
            .filter(call -> call.stage().equals(stage))
            .filter(call -> !call.outcome().equals("REFUSED"))
            .collect(
                Collectors.partitioningBy(
                    call -> call.outcome().equals("ACCEPTED"), Collectors.counting()));
    assertThat(taken)
        .as("submissions of stage " + stage)
        .isBetween(isAnswered.get(true), isAnswered.get(true) + isAnswered.get(false));
  }

  /** Submissions made again so far, by why. */
  Map<String, Long> madeAgain() throws SQLException {
    return calls().stream()
        .filter(call -> call.reason() != null)
        .collect(
            Collectors.groupingBy(
                call -> call.reason().replaceAll("\\d+", "N"),
                TreeMap::new,
                Collectors.counting()));
  }

  /** The ledger, oldest submission first. */
  List<Call> calls() throws SQLException {
    List<Call> calls = new ArrayList<>();
    for (List<String> row :
        rows("select id, task_id, stage, coalesce(image_index, -1), outcome, reason, late"
                + " from provider_call order by id")
            .values()) {
      calls.add(
          new Call(
              Long.parseLong(row.get(0)),
              row.get(1),
              row.get(2),
              row.get(3),
              row.get(4),
              row.get(5),
              Set.of("t", "TRUE", "true").contains(row.get(6))));
    }
    return calls;
  }

  private void assertEverySubmissionSaysWhy() throws SQLException {
    Map<String, Call> last = new HashMap<>();
    Map<String, Integer> unexplained = new HashMap<>();
    for (Call call : calls()) {
      String thing = call.task() + " " + call.stage() + " " + call.place();
      if (call.reason() == null) {
        unexplained.merge(call.task() + " " + call.stage() + " " + call.place(), 1, Integer::sum);
      } else {
        Matcher reason = REASON.matcher(call.reason());
        assertThat(reason.matches()).as(call.toString()).isTrue();
        Call before = last.get(thing);
        String named =
            Stream.of(1, 2, 3).map(reason::group).filter(id -> id != null).findFirst().orElse("");
        assertThat(before).as(call.toString()).isNotNull();
        assertThat(Long.toString(before.id())).as(call.toString()).isEqualTo(named);
      }
      last.put(thing, call);
    }
    Map<String, Integer> begun = new HashMap<>();
    for (List<String> row :
        rows("select id, task_id, to_status from task_event where event_type = 'STATUS_CHANGED'")
            .values()) {
      begun.merge(row.get(1) + " " + row.get(2), 1, Integer::sum);
    }
    unexplained.forEach(
        (thing, times) -> {
          String[] parts = thing.split(" ", -1);
          assertThat(times)
              .as("submissions of " + thing + " without a reason")
              .isLessThanOrEqualTo(begun.get(parts[0] + " " + parts[1] + "_GENERATING"));
        });
  }

  private void assertHistoriesAreLegalWalks() throws SQLException {
    Map<String, List<Histories.Step>> walks = new HashMap<>();
    for (List<String> row :
        rows("select id, task_id, event_type, from_status, to_status from task_event order by id")
            .values()) {
      walks
          .computeIfAbsent(row.get(1), task -> new ArrayList<>())
          .add(
              new Histories.Step(
                  Long.parseLong(row.get(0)),
                  row.get(2),
                  row.get(3) == null ? null : TaskStatus.valueOf(row.get(3)),
                  TaskStatus.valueOf(row.get(4))));
    }
    for (List<String> task : rows("select cast(id as varchar(36)), status from task").values()) {
      Histories.assertLegalWalk(walks.get(task.get(0)), TaskStatus.valueOf(task.get(1)));
    }
  }

  /** A file is named by its digest; what was being written when a process died lies elsewhere. */
  private void assertFilesAndRowsBelongTogether() throws SQLException, IOException {
    Map<String, String> named = new TreeMap<>();
    for (String query :
        List.of(
            "select file_key, file_sha256 from task_image",
            "select file_key, file_sha256 from task_model where file_key is not null",
            "select preview_key, preview_sha256 from task_model where preview_key is not null")) {
      rows(query).values().forEach(row -> named.put(row.get(0), row.get(1)));
    }
    Map<String, String> stored = new TreeMap<>();
    if (Files.isDirectory(files)) {
      try (Stream<Path> all = Files.walk(files)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          Path place = files.relativize(file);
          if (!place.startsWith("unfinished")) {
            stored.put(place.subpath(1, place.getNameCount()).toString(), sha256(file));
          }
        }
      }
    }
    Set<String> without = new TreeSet<>(stored.keySet());
    without.removeAll(named.keySet());
    assertThat(without).as("files without a row").isEmpty();
    assertThat(stored).as("files by their digests").isEqualTo(named);
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows by their first column, in order. */
  Map<String, List<String>> rows(String query, Object... parameters) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      Map<String, List<String>> rows = new LinkedHashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.add(row.getString(i));
          }
          rows.put(values.get(0), values);
        }
      }
      return rows;
    }
  }
}
