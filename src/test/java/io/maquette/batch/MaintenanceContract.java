package io.maquette.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.maquette.batch.steps.FailedTasks;
import io.maquette.batch.steps.FilesOfTasks;
import io.maquette.batch.steps.ImportedPrompts;
import io.maquette.batch.steps.OldDeletions;
import io.maquette.batch.steps.Reports;
import io.maquette.batch.steps.StoredFiles;
import io.maquette.cluster.LocalNode;
import io.maquette.config.Settings;
import io.maquette.files.FileRestorer;
import io.maquette.files.FileRow;
import io.maquette.files.LostFile;
import io.maquette.files.LostFiles;
import io.maquette.files.RefetchedFiles;
import io.maquette.monitoring.DailyDuration;
import io.maquette.option.ImageOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Providers;
import io.maquette.provider.Submission;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileFault;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import io.maquette.studio.LocalImageProvider;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskDatabase.Heart;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.LikelyCost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract of batch jobs, for every database. The tests process chunks as the server's batch
 * runtime does. A killed node has processed the items of its last chunk but committed none of them.
 */
abstract class MaintenanceContract {

  private static final int PORTION = 20;
  private static final String ADA = "operator:ada";
  private static final OrderedBy BY = new OrderedBy(ADA, run -> {});
  private static final String GLB = "model bytes";

  @TempDir private Path folder;
  private DiskStore store;
  private JobState jobState;
  private OnNode one;
  private OnNode two;

  abstract TaskDatabase database();

  @BeforeEach
  void clear() throws SQLException {
    database().clear();
    database().sql("update maintenance_job set last_due = null");
    store = new DiskStore(folder.resolve("files"));
    one = new OnNode("node-1");
    two = new OnNode("node-2");
  }

  private FilesOfTasks filesOfTasks(Heart heart, FileStore files) {
    return new FilesOfTasks(
        heart.files(),
        new IntactFiles(files),
        new RefetchedFiles(files, new OneProvider()),
        new LostFiles(heart.lost(), TaskDatabase.heard(file -> {})));
  }

  /** Batch jobs on one node. */
  private final class OnNode {

    private final String name;
    private final BatchRunService runs;
    private final Map<String, BatchStep<?>> works = new HashMap<>();
    private final Heart heart;

    OnNode(String name) {
      this.name = name;
      heart = database().heart(name);
      Settings settings = Settings.read(setting -> Optional.empty());
      runs = new BatchRunService(heart.entities(), database().clock(), new LocalNode(name, false));
      works.put(
          "prompts",
          new ImportedPrompts(runs, heart.bulk(), heart.queries(), new OneProvider(), settings));
      works.put("failures", new FailedTasks(heart.bulk(), heart.statistics(), settings));
      works.put("finished-tasks", new FinishedTasks(heart.bulk()));
      works.put("deletions", new OldDeletions(heart.bulk()));
      works.put("file-rows", filesOfTasks(heart, store));
      works.put(
          "stored-files", new StoredFiles(store, heart.files(), settings, database().clock()));
      works.put("days", new Days(heart.durations(), database().clock()));
    }

    <T> T call(Callable<T> work) throws Exception {
      return database().call(name, within -> work.call());
    }

    Run begin(BatchJobType job, RunParameters parameters) throws Exception {
      return call(() -> runs.begin(job, parameters, job.skipLimit(), null, BY));
    }

    Run begin(ImportOrder order) throws Exception {
      return call(
          () ->
              runs.begin(
                  BatchJobType.IMPORT,
                  order.parameters(),
                  order.skipLimit(),
                  order.file().content(),
                  BY));
    }

    Run again(long run) throws Exception {
      return call(() -> runs.beginAgain(run, BY));
    }

    Run workToEnd(Run run) throws Exception {
      work(new LocalRun(run), Integer.MAX_VALUE);
      return call(() -> runs.find(run.id()));
    }

    /**
     * Processes the given number of chunks and then simulates the death of the node in the next
     * chunk.
     */
    void workAndDie(Run run, int portions) throws Exception {
      assertThat(work(new LocalRun(run), portions)).as("was killed before its end").isFalse();
      assertThat(leases().abandonLeftovers()).isEqualTo(1);
    }

    RunLeases leases() {
      return new RunLeases(database().source(), new LocalNode(name, false));
    }

    @SuppressWarnings("unchecked")
    private boolean work(LocalRun run, int portions) throws Exception {
      int left = portions;
      for (String step : run.job().steps()) {
        BatchStep<Object> work = (BatchStep<Object>) works.get(step);
        if (run.isCutShort()) {
          break;
        }
        BatchRunService.Entry entry = call(() -> runs.enter(run, run.job().indexOf(step)));
        if (entry.isPast()) {
          continue;
        }
        var count = call(() -> work.count(run));
        call(
            () -> {
              runs.expect(run, count);
              return null;
            });
        Iterator<Object> items = call(() -> work.items(run, entry.after()));
        while (!run.isCutShort() && call(items::hasNext)) {
          List<BatchStep.ProcessedItem> portion = new ArrayList<>();
          while (portion.size() < PORTION && call(items::hasNext)) {
            Object item = call(items::next);
            portion.add(
                new BatchStep.ProcessedItem(
                    work.positionOf(item), call(() -> work.process(run, item))));
          }
          if (left-- == 0) {
            return false;
          }
          call(
              () -> {
                runs.advance(run, portion);
                return null;
              });
          if (run.problem() != null) {
            return end(run, RunStatus.FAILED, RunListener.wordsOf(run.problem()));
          }
        }
      }
      return end(run, run.wasCutShort() ? RunStatus.STOPPED : RunStatus.COMPLETED, null);
    }

    private boolean end(LocalRun run, RunStatus as, String problem) throws Exception {
      return call(
          () -> {
            runs.end(run, as, problem);
            return true;
          });
    }

    List<Run.Line> report(Run run) throws Exception {
      return call(() -> runs.report(run.id(), 0, BatchRunService.MAX_LIMIT));
    }
  }

  private final class OneProvider extends Providers implements ModelProvider {
    @Override
    public ModelProvider model(String name) {
      return this;
    }

    @Override
    public ImageProvider images() {
      return new LocalImageProvider();
    }

    @Override
    public String name() {
      return "meshy";
    }

    @Override
    public Submission submit(ModelRequest request) {
      throw new IllegalStateException("nothing is submitted");
    }

    @Override
    public JobState query(String jobId) {
      return jobState;
    }

    @Override
    public Cancellation cancel(String jobId) {
      throw new IllegalStateException("nothing is cancelled");
    }

    @Override
    public void check() {}
  }

  private List<String> rows(String query) throws SQLException {
    try (Connection connection = database().source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  private UUID create(String owner) throws Exception {
    return database()
        .call(heart -> heart.bulk().create(owner, "a fox", ImageOptions.NONE, "user:" + owner))
        .id();
  }

  private UUID failed(String owner, Stage stage, FailureCode code, String at) throws Exception {
    UUID id = create(owner);
    database()
        .sql(
            "update task set status = 'FAILED', failed_stage = '%s', error_code = '%s',"
                    .formatted(stage, code)
                + " error_message = 'x', due_at = null, failed_at = '%s', updated_at = '%s'"
                    .formatted(at, at)
                + " where id = '%s'".formatted(id));
    return id;
  }

  private void picture(UUID task, int index, StoredFile file) throws SQLException {
    database()
        .sql(
            "insert into task_image (task_id, image_index, prompt, file_key, file_sha256, file_type,"
                + " file_size, created_at) values ('%s', %d, 'v', '%s', '%s', 'image/png', %d, '%s')"
                    .formatted(
                        task,
                        index,
                        file.key(),
                        file.sha256(),
                        file.size(),
                        "2026-01-01 00:00:00Z"));
  }

  private void model(UUID task, StoredFile file) throws SQLException {
    database()
        .sql(
            "insert into task_model (task_id, name, status, progress, file_key, file_sha256,"
                + " file_type, file_size, provider, api_task_id, created_at) values"
                + " ('%s', 'm', 'COMPLETED', 100, '%s', '%s', 'model/gltf-binary', %d, 'meshy',"
                    .formatted(task, file.key(), file.sha256(), file.size())
                + " 'job-1', '2026-01-01 00:00:00Z')");
  }

  private void call(UUID task, Stage stage, String provider, String at) throws SQLException {
    database()
        .sql(
            "insert into provider_call (id, task_id, stage, image_index, attempt, provider, node,"
                + " outcome, late, submitted_at) select nextval('provider_call_number'), '%s',"
                    .formatted(task)
                + " '%s', %s, 1, '%s', 'node-1', 'UNKNOWN', false, '%s'"
                    .formatted(stage, stage == Stage.IMAGE ? "0" : "null", provider, at));
  }

  private StoredFile stored(UUID task, FileType type, String content) throws IOException {
    return store.put(
        task + "/1", type, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static ImportOrder order(int lines, int skipLimit) {
    StringBuilder file = new StringBuilder("prompt,note\r\n");
    for (int line = 2; line < lines + 2; line++) {
      file.append(line % 25 == 0 ? "\"broken" : "line " + line + ",x").append("\r\n");
    }
    return new ImportOrder(
        "ada",
        new PromptFile(PromptFile.Format.CSV, file.toString().getBytes(StandardCharsets.UTF_8)),
        skipLimit);
  }

  @Test
  void an_import_continues_at_its_checkpoint_without_lost_or_repeated_lines() throws Exception {
    Run run = one.begin(order(250, 10));
    one.workAndDie(run, 3);
    assertThat(rows("select status from maintenance_run")).containsExactly("ABANDONED");
    assertThat(rows("select count(*) from task")).containsExactly("58");

    two.workAndDie(two.again(run.id()), 5);
    Run ended = two.workToEnd(two.again(run.id()));
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(List.of(ended.total(), ended.read(), ended.written(), ended.skipped()))
        .containsExactly(250L, 250L, 240L, 10L);
    assertThat(rows("select prompt from task where owner = 'ada'"))
        .hasSize(240)
        .doesNotHaveDuplicates();
    assertThat(two.report(run))
        .extracting(Run.Line::subject)
        .containsExactly("25", "50", "75", "100", "125", "150", "175", "200", "225", "250");
    assertThat(two.report(run).get(0).detail()).isEqualTo("has quotes that do not match");
    assertThat(rows("select count(*) from task_event")).containsExactly("240");
    assertThat(rows("select distinct actor from task_event")).containsExactly(ADA);
    assertThat(rows("select count(*) from maintenance_input")).containsExactly("0");
  }

  @Test
  void an_import_sets_options_and_reports_those_that_the_provider_does_not_accept()
      throws Exception {
    String file = "prompt,seed,count,aspect\na cat,7,2,\na dog,,,16:9\na fox,,,\n";
    Run run =
        one.begin(
            new ImportOrder(
                "ada",
                new PromptFile(PromptFile.Format.CSV, file.getBytes(StandardCharsets.UTF_8)),
                1));
    Run ended = one.workToEnd(run);
    assertThat(List.of(ended.written(), ended.skipped())).containsExactly(2L, 1L);
    assertThat(one.report(run))
        .extracting(Run.Line::subject, Run.Line::outcome, Run.Line::detail)
        .containsExactly(tuple("3", "OPTION_NOT_SUPPORTED", "aspect"));
    assertThat(rows("select image_options from task where prompt = 'a cat'"))
        .containsExactly("{\"count\":2,\"seed\":7}");
    assertThat(rows("select count(*) from task where image_options is null")).containsExactly("1");
  }

  @Test
  void an_import_fails_at_once_when_the_queue_is_full() throws Exception {
    for (int task = 0; task < 3; task++) {
      create("somebody");
    }
    Settings narrow =
        Settings.read(
            name -> name.equals("maquette.queue.limit") ? Optional.of("3") : Optional.empty());
    one.works.put(
        "prompts",
        new ImportedPrompts(
            one.runs, one.heart.bulk(), one.heart.queries(), new OneProvider(), narrow));
    Run run = one.begin(order(10, 10));
    assertThatThrownBy(() -> one.workToEnd(run))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("3 tasks are waiting");
    assertThat(rows("select count(*) from task")).containsExactly("3");
  }

  @Test
  void a_second_run_of_a_job_is_refused_while_one_is_active() throws Exception {
    Run first = one.begin(BatchJobType.RETENTION, FinishedTasks.parameters(Duration.ofDays(1)));
    assertThatThrownBy(
            () -> two.begin(BatchJobType.RETENTION, FinishedTasks.parameters(Duration.ofDays(2))))
        .isInstanceOfSatisfying(
            BatchException.JobActive.class, e -> assertThat(e.run()).isEqualTo(first.id()));
    assertThatThrownBy(() -> two.again(first.id())).isInstanceOf(BatchException.WrongStatus.class);
    two.begin(BatchJobType.VERIFY_ASSETS, RunParameters.NONE);
    one.workToEnd(first);
    assertThatThrownBy(() -> two.again(first.id())).isInstanceOf(BatchException.WrongStatus.class);
    assertThatThrownBy(() -> two.again(-1)).isInstanceOf(BatchException.RunNotFound.class);
    two.begin(BatchJobType.RETENTION, FinishedTasks.parameters(Duration.ofDays(2)));
  }

  @Test
  void a_run_that_is_asked_to_stop_ends_after_its_chunk_and_continues_later() throws Exception {
    Run run = one.begin(order(100, 10));
    LocalRun local = new LocalRun(run);
    two.call(() -> two.runs.requestStop(run.id(), BY));
    one.work(local, Integer.MAX_VALUE);
    Run stopped = one.call(() -> one.runs.find(run.id()));
    assertThat(stopped.status()).isEqualTo(RunStatus.STOPPED);
    assertThat(stopped.read()).isEqualTo(PORTION);
    assertThatThrownBy(() -> two.call(() -> two.runs.requestStop(run.id(), BY)))
        .isInstanceOf(BatchException.WrongStatus.class);
    assertThat(two.workToEnd(two.again(run.id())).read()).isEqualTo(100);
  }

  @Test
  void a_node_whose_lease_expired_is_fenced_off() throws Exception {
    Run run = one.begin(order(100, 10));
    LocalRun late = new LocalRun(run);
    assertThat(one.leases().renew(late)).isTrue();
    assertThat(two.leases().abandonExpired()).isZero();
    database().sql("update maintenance_run set leased_until = current_timestamp");
    assertThat(two.leases().abandonExpired()).isEqualTo(1);
    assertThat(one.leases().renew(late)).isFalse();
    Run again = two.again(run.id());
    assertThatThrownBy(() -> one.work(late, 1)).isInstanceOf(JobFailedException.StaleRun.class);
    one.end(late, RunStatus.FAILED, "too late to say so");
    assertThat(two.workToEnd(again).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(rows("select count(*) from task")).containsExactly("96");
  }

  @Test
  void a_server_that_stops_marks_its_runs_as_stopped() throws Exception {
    one.begin(order(10, 10));
    two.begin(BatchJobType.VERIFY_ASSETS, RunParameters.NONE);
    assertThat(one.leases().giveUp()).isEqualTo(1);
    assertThat(rows("select status from maintenance_run order by id"))
        .containsExactly("STOPPED", "RUNNING");
  }

  @Test
  void one_node_alone_starts_a_due_job() throws Exception {
    Instant monday = Instant.parse("2026-01-05T03:00:00Z");
    assertThat(due(one, monday)).as("the first time is only noted").isEmpty();
    Instant tuesday = monday.plus(Duration.ofDays(1));
    Run run = due(two, tuesday).orElseThrow();
    assertThat(due(one, tuesday)).isEmpty();
    assertThat(due(one, tuesday.plus(Duration.ofDays(1)))).as("still active").isEmpty();
    two.workToEnd(run);
    assertThat(due(one, tuesday.plus(Duration.ofDays(1)))).as("was seen to").isEmpty();
    assertThat(due(one, tuesday.plus(Duration.ofDays(5)))).as("after days off").isPresent();
  }

  private Optional<Run> due(OnNode node, Instant at) throws Exception {
    RunParameters parameters = FinishedTasks.parameters(Duration.ofDays(1));
    return node.call(() -> node.runs.beginIfDue(BatchJobType.RETENTION, at, parameters));
  }

  @Test
  void old_runs_are_deleted_with_their_reports() throws Exception {
    for (int run = 0; run < BatchRunService.KEPT + 3; run++) {
      Run begun = one.begin(BatchJobType.DWELL_REPORT, days("2026-01-01", "2026-01-01"));
      one.end(new LocalRun(begun), RunStatus.COMPLETED, null);
    }
    one.workToEnd(one.begin(order(30, 10)));
    List<Run> kept = one.call(() -> one.runs.list(BatchJobType.DWELL_REPORT, Long.MAX_VALUE, 1000));
    assertThat(kept).hasSize(BatchRunService.KEPT);
    assertThat(one.call(() -> one.runs.list(null, kept.get(98).id(), 1000))).hasSize(1);
  }

  private static RunParameters days(String from, String to) {
    return new RunParameters(Map.of("from", from, "to", to));
  }

  @Test
  void a_run_with_too_many_skipped_items_fails_and_keeps_what_it_did() throws Exception {
    Run run =
        one.call(
            () -> {
              ImportOrder order = order(250, 10);
              return one.runs.begin(
                  BatchJobType.IMPORT, order.parameters(), 3, order.file().content(), BY);
            });
    Run ended = one.workToEnd(run);
    assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
    assertThat(ended.problem()).isEqualTo("4 items were skipped; the limit is 3");
    assertThat(ended.read()).isEqualTo(100);
  }

  @Test
  void a_redrive_retries_the_matching_tasks_once() throws Exception {
    List<UUID> meant = new ArrayList<>();
    for (int task = 0; task < 50; task++) {
      UUID id =
          failed("ada", Stage.IMAGE, FailureCode.PROVIDER_UNAVAILABLE, "2026-01-02 00:00:00Z");
      call(id, Stage.IMAGE, "openai", "2026-01-01 00:00:00Z");
      call(id, Stage.IMAGE, "dashscope", "2026-01-01 00:00:01Z");
      meant.add(id);
    }
    List<UUID> others =
        List.of(
            failed("bob", Stage.IMAGE, FailureCode.PROVIDER_UNAVAILABLE, "2026-01-02 00:00:00Z"),
            failed("ada", Stage.MODEL, FailureCode.PROVIDER_UNAVAILABLE, "2026-01-02 00:00:00Z"),
            failed("ada", Stage.IMAGE, FailureCode.TIMED_OUT, "2026-01-02 00:00:00Z"),
            failed("ada", Stage.IMAGE, FailureCode.PROVIDER_UNAVAILABLE, "2025-12-31 00:00:00Z"),
            failed("ada", Stage.IMAGE, FailureCode.PROVIDER_UNAVAILABLE, "2026-01-03 00:00:00Z"));
    for (UUID other : others) {
      call(other, Stage.IMAGE, "dashscope", "2026-01-01 00:00:00Z");
      call(other, Stage.MODEL, "dashscope", "2026-01-01 00:00:00Z");
    }
    UUID elsewhere =
        failed("ada", Stage.IMAGE, FailureCode.PROVIDER_UNAVAILABLE, "2026-01-02 00:00:00Z");
    call(elsewhere, Stage.IMAGE, "openai", "2026-01-01 00:00:00Z");
    RedriveOrder order =
        new RedriveOrder(
            new RedriveOrder.Filter(
                Stage.IMAGE,
                FailureCode.PROVIDER_UNAVAILABLE,
                "dashscope",
                "ada",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-03T00:00:00Z")),
            null);
    Map<String, String> set = Map.of("maquette.provider.image", "dashscope");
    Settings settings = Settings.read(name -> Optional.ofNullable(set.get(name)));
    database().sql("update provider_call set credits = 2 where provider = 'dashscope'");
    FailedTasks.Preview preview =
        one.call(
            () ->
                new FailedTasks(one.heart.bulk(), one.heart.statistics(), settings).preview(order));
    assertThat(preview.costs())
        .containsExactly(
            new LikelyCost(
                "dashscope", 200, new BigDecimal("2.0000"), new BigDecimal("400.0000"), 55));
    assertThat(preview.count()).isEqualTo(50);
    assertThat(preview.sample()).hasSize(20);

    Run run = one.begin(BatchJobType.REDRIVE, order.parameters());
    one.workAndDie(run, 1);
    String last =
        rows("select id from task where status = 'FAILED' and owner = 'ada' order by id desc")
            .stream()
            .filter(id -> meant.contains(UUID.fromString(id)))
            .findFirst()
            .orElseThrow();
    database().run(heart -> heart.service().retryImages("ada", UUID.fromString(last)));
    Run ended = one.workToEnd(one.again(run.id()));
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.written()).isEqualTo(49);
    assertThat(
            rows(
                "select task_id from task_event where to_status = 'IMAGE_PENDING'"
                    + " and from_status = 'FAILED'"))
        .containsExactlyInAnyOrderElementsOf(meant.stream().map(UUID::toString).toList());
    assertThat(rows("select count(*) from task where status = 'FAILED'")).containsExactly("6");
  }

  @Test
  void a_model_is_retried_only_if_its_pictures_exist() throws Exception {
    UUID bare = failed("ada", Stage.MODEL, FailureCode.TIMED_OUT, "2026-01-02 00:00:00Z");
    UUID whole = failed("ada", Stage.MODEL, FailureCode.TIMED_OUT, "2026-01-02 00:00:00Z");
    for (int index = 0; index < 4; index++) {
      picture(whole, index, stored(whole, FileType.PNG, "picture " + index));
    }
    database().sql("update task set selected_image_index = 2 where id = '" + whole + "'");
    RunParameters all =
        new RedriveOrder(new RedriveOrder.Filter(null, null, null, null, null, null), Stage.MODEL)
            .parameters();
    Run ended = one.workToEnd(one.begin(BatchJobType.REDRIVE, all));
    assertThat(ended.written()).isEqualTo(1);
    assertThat(one.report(ended))
        .extracting(Run.Line::subject, Run.Line::outcome)
        .containsExactlyInAnyOrder(
            tuple(bare.toString(), "NO_PICTURE"), tuple(whole.toString(), "RETRIED_MODEL"));
    assertThat(rows("select id from task where status = 'MODEL_PENDING'"))
        .containsExactly(whole.toString());
    assertThat(database().announced).anyMatch(change -> change.to() == TaskStatus.MODEL_PENDING);
  }

  @Test
  void a_redrive_makes_no_picture_for_an_uploaded_one() throws Exception {
    UUID own = failed("ada", Stage.MODEL, FailureCode.TIMED_OUT, "2026-01-02 00:00:00Z");
    picture(own, 0, stored(own, FileType.JPEG, "own picture"));
    database()
        .sql(
            "update task set own_picture = true, selected_image_index = 0 where id = '"
                + own
                + "'");
    RedriveOrder.Filter all = new RedriveOrder.Filter(null, null, null, null, null, null);
    Run images =
        one.workToEnd(
            one.begin(BatchJobType.REDRIVE, new RedriveOrder(all, Stage.IMAGE).parameters()));
    assertThat(one.report(images))
        .extracting(Run.Line::subject, Run.Line::outcome)
        .containsExactly(tuple(own.toString(), "OWN_PICTURE"));
    assertThat(rows("select image_index from task_image where task_id = '" + own + "'"))
        .containsExactly("0");
    Run model =
        one.workToEnd(one.begin(BatchJobType.REDRIVE, new RedriveOrder(all, null).parameters()));
    assertThat(one.report(model)).extracting(Run.Line::outcome).containsExactly("RETRIED_MODEL");
  }

  @Test
  void retention_deletes_only_old_finished_tasks_with_their_files() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int task = 0; task < 45; task++) {
      UUID id = failed("ada", Stage.IMAGE, FailureCode.TIMED_OUT, "2026-01-02 00:00:00Z");
      StoredFile file = stored(id, FileType.PNG, "picture of " + id);
      picture(id, 0, file);
      keys.add(file.key());
    }
    UUID waiting = create("ada");
    UUID recent = create("ada");
    database().run(heart -> heart.service().cancel("ada", recent));
    UUID goneLongAgo = create("ada");
    UUID goneLately = create("ada");
    database().run(heart -> heart.service().delete("ada", goneLongAgo));
    database().run(heart -> heart.service().delete("ada", goneLately));
    database()
        .sql(
            "update task_event set occurred_at = '2025-01-01 00:00:00Z' where task_id = '"
                + goneLongAgo
                + "'");
    database()
        .sql("update task set updated_at = '2025-01-01 00:00:00Z' where id = '" + waiting + "'");
    database()
        .sql(
            "insert into provider_call (id, task_id, stage, attempt, provider, node, outcome, late,"
                + " submitted_at) select id, task_id, 'MODEL', 1, 'local', 'node-1', 'UNKNOWN',"
                + " false, occurred_at from task_event where event_type = 'DELETED'");

    Run run = one.begin(BatchJobType.RETENTION, FinishedTasks.parameters(Duration.ofDays(30)));
    one.workAndDie(run, 1);
    Run ended = one.workToEnd(one.again(run.id()));
    assertThat(ended.written()).as("tasks, and what told of one").isEqualTo(45 + 1);
    assertThat(rows("select id from task"))
        .containsExactlyInAnyOrder(waiting.toString(), recent.toString());
    assertThat(rows("select file_key from discarded_file"))
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(rows("select count(*) from task_event where event_type = 'DELETED'"))
        .as("of those that went just now")
        .containsExactly("46");
    assertThat(rows("select id from task_event where task_id = '" + goneLongAgo + "'")).isEmpty();
    assertThat(rows("select task_id from provider_call"))
        .as("submissions of what went just now")
        .containsExactly(goneLately.toString());
  }

  @Test
  void every_file_is_verified_and_a_lost_one_is_fetched_again() throws Exception {
    UUID task = create("ada");
    StoredFile sound = stored(task, FileType.PNG, "sound");
    StoredFile missing = stored(task, FileType.PNG, "missing");
    StoredFile model = stored(task, FileType.GLB, GLB);
    picture(task, 0, sound);
    picture(task, 1, missing);
    model(task, model);
    store.delete(missing.key());
    Path damaged = fileOf(model.key());
    Files.writeString(damaged, "bit rot");
    jobState = JobState.done(() -> new ByteArrayInputStream(GLB.getBytes(StandardCharsets.UTF_8)));
    StoredFile leftOver = stored(UUID.randomUUID(), FileType.PNG, "nobody's");
    StoredFile foreign =
        store.put("lost-and-found", FileType.PNG, new ByteArrayInputStream(new byte[3]));
    StoredFile fresh = stored(UUID.randomUUID(), FileType.PNG, "its row comes soon");
    for (StoredFile old : List.of(leftOver, foreign, sound)) {
      Files.setLastModifiedTime(
          fileOf(old.key()), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }

    Run run = one.begin(BatchJobType.VERIFY_ASSETS, RunParameters.NONE);
    one.workAndDie(run, 1);
    Run ended = two.workToEnd(two.again(run.id()));
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(one.report(run))
        .extracting(Run.Line::subject, Run.Line::outcome)
        .containsExactlyInAnyOrder(
            tuple(missing.key(), "MISSING"),
            tuple(model.key(), "FETCHED_AGAIN"),
            tuple(leftOver.key(), "REMOVED"),
            tuple(foreign.key(), "REMOVED"));
    assertThat(Files.readString(damaged)).isEqualTo(GLB);
    assertThat(rows("select file_key from discarded_file"))
        .containsExactlyInAnyOrder(leftOver.key(), foreign.key());
    assertThat(fileOf(fresh.key())).exists();

    jobState = JobState.done(() -> new ByteArrayInputStream(new byte[10]));
    Files.writeString(damaged, "bit rot");
    Run second = one.workToEnd(one.begin(BatchJobType.VERIFY_ASSETS, RunParameters.NONE));
    assertThat(one.report(second))
        .extracting(Run.Line::outcome, Run.Line::detail)
        .containsExactlyInAnyOrder(
            tuple(
                "MISSING",
                "no provider has the file; choose another picture of the task, or create a new task"),
            tuple(
                "DAMAGED",
                "meshy has another file now;"
                    + " generate the model again: choose a picture of the task"));
    assertThat(rows("select fault, remedy from lost_file order by fault"))
        .hasSize(2); // the rows remain until the files are back
    StringWriter file = new StringWriter();
    one.call(
        () -> {
          new Reports(one.runs, one.heart.durations()).write(second, file);
          return null;
        });
    assertThat(file.toString().lines())
        .hasSize(3)
        .first()
        .isEqualTo("number,subject,outcome,detail");
  }

  @Test
  void lost_files_are_noted_once_and_fetched_again_or_forgotten_when_they_are_back()
      throws Exception {
    UUID task = create("ada");
    StoredFile picture = stored(task, FileType.PNG, "picture");
    StoredFile model = stored(task, FileType.GLB, GLB);
    picture(task, 0, picture);
    model(task, model);
    Files.writeString(fileOf(picture.key()), "");
    Files.writeString(fileOf(model.key()), "{}".repeat(GLB.length() / 2));
    IntactFiles intact = new IntactFiles(store);
    List<LostFile> told = new ArrayList<>();
    LostFiles lost = new LostFiles(one.heart.lost(), TaskDatabase.heard(told::add));
    FileRestorer restorer =
        new FileRestorer(
            one.heart.lost(),
            one.heart.files(),
            intact,
            new RefetchedFiles(store, new OneProvider()),
            lost);
    for (StoredFile file : List.of(picture, model, picture, model)) {
      LostFileException e =
          catchThrowableOfType(
              LostFileException.class, () -> intact.open(file.key(), file.size(), 0));
      assertThat(e).isNotNull();
      one.call(() -> lost.note(e));
    }
    assertThat(rows("select fault || ',' || remedy from lost_file order by fault"))
        .containsExactly("DAMAGED,FETCH_AGAIN", "EMPTY,DRAW_AGAIN");
    assertThat(told).as("those to be fetched").extracting(LostFile::key).hasSize(1);

    jobState = JobState.done(() -> new ByteArrayInputStream(GLB.getBytes(StandardCharsets.UTF_8)));
    one.call(
        () -> {
          restorer.restore();
          return null;
        });
    assertThat(Files.readString(fileOf(model.key()))).isEqualTo(GLB);
    assertThat(rows("select remedy from lost_file")).containsExactly("DRAW_AGAIN");
    try (InputStream content = intact.open(model.key(), model.size(), 0)) {
      assertThat(content.readAllBytes()).asString().isEqualTo(GLB);
    }

    Files.writeString(fileOf(picture.key()), "picture"); // as a restored backup does
    database().sql("update lost_file set due_at = '2020-01-01 00:00:00Z'");
    one.call(
        () -> {
          restorer.restore();
          return null;
        });
    assertThat(rows("select remedy from lost_file")).isEmpty();
  }

  @Test
  void a_provider_that_has_another_file_is_not_asked_again() throws Exception {
    UUID task = create("ada");
    StoredFile model = stored(task, FileType.GLB, GLB);
    model(task, model);
    store.delete(model.key());
    jobState = JobState.done(() -> new ByteArrayInputStream(new byte[10]));
    LostFiles lost = new LostFiles(one.heart.lost(), TaskDatabase.heard(file -> {}));
    FileRestorer restorer =
        new FileRestorer(
            one.heart.lost(),
            one.heart.files(),
            new IntactFiles(store),
            new RefetchedFiles(store, new OneProvider()),
            lost);
    one.call(() -> lost.note(new LostFileException(model.key(), FileFault.MISSING, null)));
    one.call(
        () -> {
          restorer.restore();
          return null;
        });
    assertThat(rows("select remedy || ',' || tries || ',' || detail from lost_file"))
        .containsExactly("MAKE_AGAIN,1,meshy has another file now");
  }

  @Test
  void files_of_all_pictures_and_of_the_model_are_walked_page_by_page() throws Exception {
    UUID task = create("ada");
    List<String> keys = new ArrayList<>();
    for (int place = 0; place < 8; place++) {
      StoredFile picture = stored(task, FileType.PNG, "picture " + place);
      picture(task, place, picture);
      keys.add(picture.key());
    }
    StoredFile model = stored(task, FileType.GLB, GLB);
    model(task, model);
    keys.add(model.key());
    List<String> walked = new ArrayList<>();
    FileRow.Position[] last = {null};
    List<FileRow> page;
    do {
      page = one.call(() -> one.heart.files().page(last[0], 1));
      page.forEach(file -> walked.add(file.key()));
      last[0] = page.isEmpty() ? null : page.get(page.size() - 1).position();
    } while (!page.isEmpty());
    assertThat(walked).isEqualTo(keys);
  }

  @Test
  void damage_that_the_store_finds_is_reported() throws Exception {
    UUID task = create("ada");
    StoredFile file = stored(task, FileType.PNG, "picture");
    picture(task, 0, file);
    FileStore strict =
        (FileStore)
            Proxy.newProxyInstance(
                FileStore.class.getClassLoader(),
                new Class<?>[] {FileStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("state")) {
                    return store.state(file.key());
                  }
                  throw new FileStore.DamagedFileException(file.key());
                });
    one.works.put("file-rows", filesOfTasks(one.heart, strict));
    Run ended = one.workToEnd(one.begin(BatchJobType.VERIFY_ASSETS, RunParameters.NONE));
    assertThat(one.report(ended))
        .extracting(Run.Line::subject, Run.Line::outcome)
        .containsExactly(tuple(file.key(), "DAMAGED"));
    assertThat(ended.skipped()).isZero();
  }

  private Path fileOf(String key) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(key)).findFirst().orElseThrow();
    }
  }

  @Test
  void time_in_status_is_reported_by_day_and_provider() throws Exception {
    move("a", "IMAGE_PENDING", "2026-01-01 23:59:00Z", "IMAGE_GENERATING", "2026-01-02 00:00:10Z");
    move("a", "IMAGE_GENERATING", null, "IMAGE_COMPLETED", "2026-01-02 00:00:30Z");
    call(task("a"), Stage.IMAGE, "openai", "2026-01-02 00:00:11Z");
    move("b", "IMAGE_PENDING", "2026-01-02 10:00:00Z", "IMAGE_GENERATING", "2026-01-02 10:00:10Z");
    move("b", "IMAGE_GENERATING", null, "IMAGE_COMPLETED", "2026-01-02 10:01:10Z");
    call(task("b"), Stage.IMAGE, "openai", "2026-01-02 10:00:10Z");
    move("c", "IMAGE_PENDING", "2026-01-03 00:00:00Z", "CANCELLED", "2026-01-03 00:00:05Z");

    Run run = one.begin(BatchJobType.DWELL_REPORT, days("2026-01-01", "2026-01-03"));
    Run ended = one.workToEnd(run);
    assertThat(ended.total()).isEqualTo(3);
    LocalDate second = LocalDate.parse("2026-01-02");
    List<DailyDuration> expected =
        List.of(
            new DailyDuration(second, TaskStatus.IMAGE_GENERATING, "openai", 2, 80, 40, 58, 60),
            new DailyDuration(second, TaskStatus.IMAGE_PENDING, "openai", 2, 80, 40, 67, 70),
            new DailyDuration(second.plusDays(1), TaskStatus.IMAGE_PENDING, "-", 1, 5, 5, 5, 5));
    assertThat(dailyDurations()).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected);

    one.workToEnd(one.begin(BatchJobType.DWELL_REPORT, days("2026-01-02", "2026-01-02")));
    assertThat(dailyDurations()).as("again is the same").isEqualTo(expected);
    database().sql("delete from task_event");
    RunParameters next =
        one.call(() -> new Days(one.heart.durations(), database().clock()).parameters(null, null));
    assertThat(Days.from(next)).as("the last day may not have been over").isEqualTo("2026-01-03");
    assertThat(dailyDurations()).as("what was computed stays").isEqualTo(expected);
    StringWriter file = new StringWriter();
    one.call(
        () -> {
          new Reports(one.runs, one.heart.durations()).write(ended, file);
          return null;
        });
    assertThat(file.toString().lines())
        .containsExactly(
            "day,status,provider,stays,total_seconds,p50_seconds,p95_seconds,max_seconds",
            "2026-01-02,IMAGE_GENERATING,openai,2,80.0,40.0,58.0,60.0",
            "2026-01-02,IMAGE_PENDING,openai,2,80.0,40.0,67.0,70.0",
            "2026-01-03,IMAGE_PENDING,-,1,5.0,5.0,5.0,5.0");
  }

  private List<DailyDuration> dailyDurations() throws Exception {
    return one.call(
        () ->
            one.heart
                .durations()
                .rows(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31"), 0, 100));
  }

  private static UUID task(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the events of a time in status; the start needs an event only if it is given. */
  private void move(String task, String in, String since, String to, String at)
      throws SQLException {
    if (since != null) {
      event(task, null, in, since);
    }
    event(task, in, to, at);
  }

  private void event(String task, String from, String to, String at) throws SQLException {
    database()
        .sql(
            "insert into task_event (id, task_id, owner, occurred_at, event_type, from_status,"
                + " to_status, actor, node, attempt) select nextval('task_event_number'), '%s',"
                    .formatted(task(task))
                + " 'ada', '%s', 'STATUS_CHANGED', %s, '%s', 'test', 'node-1', 1"
                    .formatted(at, from == null ? "null" : "'" + from + "'", to));
  }
}
