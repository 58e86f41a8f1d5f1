package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.maquette.cluster.LocalNode;
import io.maquette.files.LostFile;
import io.maquette.files.LostFileRows;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.persistence.Page;
import io.maquette.persistence.UndoneException;
import io.maquette.push.ChangeScope;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.Leases;
import io.maquette.task.queue.ResultOutcome;
import io.maquette.task.queue.ResultOutcome.Applied;
import io.maquette.task.queue.ResultOutcome.NotApplied;
import io.maquette.task.queue.TaskDue;
import io.maquette.task.queue.TaskQueue.ModelTarget;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ImageEdited;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import io.maquette.task.queue.TaskResult.ModelProgressed;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.SubmissionDecision;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the task services that must pass on every supported database. */
@Tag("fault")
abstract class TaskDatabaseContract {

  private static final ImageOptions WIDE =
      new ImageOptions(
          Optional.of("16:9"), Optional.empty(), Optional.of("a \"hat\" 🎩"), Optional.of(7L));

  private static final ModelOptions RELIEF =
      new ModelOptions(
          Optional.of(30_000),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(7L),
          Optional.of("relief"));

  private static final TaskFilter ALL = new TaskFilter(Set.of(), null);

  abstract TaskDatabase database();

  @BeforeEach
  void clear() throws SQLException {
    database().clear();
  }

  private Task create(String prompt) throws Exception {
    return database().call(heart -> heart.service().create("dev", prompt, null));
  }

  private Task find(UUID id) throws Exception {
    return database().call(heart -> heart.queries().find("dev", id));
  }

  private List<TaskEvent> history(UUID id) throws Exception {
    return database().call(heart -> heart.queries().history("dev", id, 100, 0).items());
  }

  private List<ImageClaim> claimPictures(String node, int max) throws Exception {
    return database().call(node, heart -> heart.claims().claimForPictures(max, "local"));
  }

  private List<ModelClaim> claimSubmissions(String node, int max) throws Exception {
    return claimSubmissions(node, max, "local", 3);
  }

  private List<ModelClaim> claimSubmissions(String node, int max, String provider, int openJobs)
      throws Exception {
    return database()
        .call(node, heart -> heart.claims().claimForSubmission(max, provider, openJobs));
  }

  /** Runs work with a trace context. */
  private static <T> T within(String traceparent, Callable<T> work) throws Exception {
    Tracing trails = new Tracing(OpenTelemetry.noop(), new LocalNode("node-1", false));
    try (TraceScope trail = trails.follow("request", traceparent, new Subject())) {
      T done = work.call();
      trail.note(Subject.Trait.OUTCOME, "ok");
      return done;
    }
  }

  private int endLeftovers(boolean exclusive) throws Exception {
    return database().leases(new LocalNode("node-1", exclusive)).endLeftovers();
  }

  private List<Task> list(String owner, TaskFilter filter) throws Exception {
    return database().call(heart -> heart.queries().list(owner, filter, 10, null)).items();
  }

  private Task createUnderKey(String owner) throws Exception {
    return database().call(heart -> heart.service().create(owner, "once", "key"));
  }

  private List<String> discarded() throws Exception {
    return database().call(heart -> heart.discarded().oldest(10));
  }

  private int forgetOld() throws Exception {
    return database().call(heart -> heart.keys().forgetOld());
  }

  private ImageClaim claimPictures() throws Exception {
    List<ImageClaim> claims = claimPictures("node-1", 1);
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  private void storePictures(ImageClaim first, int count) throws Exception {
    ImageClaim claim = first;
    for (int stored = 0; stored < count; stored++) {
      claim = storePicture(claim).orElse(null);
    }
  }

  private Optional<ImageClaim> storePicture(ImageClaim claim) throws Exception {
    return database()
        .call(
            heart ->
                heart
                    .results()
                    .apply(
                        new ImageStored(
                            claim,
                            new AcceptedSubmission(heart.call(claim), null, null),
                            claim.newImage(
                                "v",
                                null,
                                Tasks.file(claim.storeScope() + claim.missingImages().get(0))),
                            Optional.empty())));
  }

  private static long reserved(TaskClaim claim) {
    return claim.reserved().orElseThrow().call();
  }

  private Task chosen(String prompt) throws Exception {
    Task task = create(prompt);
    storePictures(claimPictures(), 4);
    return database().call(heart -> heart.service().selectImage("dev", task.id(), 2));
  }

  private PollClaim submitted(Task task) throws Exception {
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(claim.taskId()).isEqualTo(task.id());
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(heart.call(claim), "job-1", "request-1"),
                            Instant.EPOCH,
                            claim.startedAt())));
    return (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
  }

  @Test
  void aWholeLifeIsKeptWithItsHistory() throws Exception {
    Task task = chosen("a red fox 🦊");
    PollClaim polling = submitted(task);
    assertThat(polling.job()).isEqualTo(new TaskClaim.Job("local", "job-1"));
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(TaskResult.ofPoll(polling, ModelStatus.GENERATING, 30, Instant.EPOCH)));
    PollClaim last = (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(last, Tasks.modelFile("m.glb"), Optional.empty())));

    Task done = find(task.id());
    assertThat(done.prompt()).isEqualTo("a red fox 🦊");
    assertThat(done.status()).isEqualTo(TaskStatus.MODEL_COMPLETED);
    assertThat(done.images()).extracting(TaskImage::index).containsExactly(0, 1, 2, 3);
    assertThat(done.selectedImageIndex()).isEqualTo(2);
    TaskModel model = done.model().orElseThrow();
    assertThat(model.file().orElseThrow().key()).isEqualTo("m.glb");
    assertThat(model.progress()).isEqualTo(100);
    assertThat(model.apiTaskId()).isEqualTo("job-1");
    assertThat(done.dueAt()).isNull();
    assertThat(done.leasedBy()).isNull();

    List<TaskEvent> history = history(task.id());
    assertThat(history)
        .extracting(event -> event.type() + " " + event.to())
        .containsExactly(
            "STATUS_CHANGED IMAGE_PENDING",
            "STATUS_CHANGED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "STATUS_CHANGED IMAGE_COMPLETED",
            "STATUS_CHANGED MODEL_PENDING",
            "STATUS_CHANGED MODEL_GENERATING",
            "MODEL_SUBMITTED MODEL_GENERATING",
            "MODEL_PROGRESSED MODEL_GENERATING",
            "STATUS_CHANGED MODEL_COMPLETED");
    assertThat(history).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    assertThat(database().announced).hasSize(history.size());
  }

  private PaidResult paid(ImageClaim claim) throws Exception {
    return database().call(heart -> heart.paidResults().of(claim)).orElse(null);
  }

  private List<ProviderCall> calls(TaskClaim claim) throws Exception {
    return database().call(heart -> heart.ledger().of(claim.taskId()));
  }

  private List<ImageClaim> claimForFetching() throws Exception {
    return database().call(heart -> heart.claims().claimForFetching(10));
  }

  private List<UnfetchedResult> unfetched() throws Exception {
    return database().call(heart -> heart.paidResults().unfetched());
  }

  @Test
  void a_paid_result_is_kept_until_its_picture_is_stored() throws Exception {
    create("paid");
    ImageClaim killed = claimPictures();
    long call = reserved(killed);
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        killed,
                        new AcceptedSubmission(call, "job", "request"),
                        "local",
                        "https://files.example/1?sign=x",
                        Duration.ofHours(1)));
    database().leases(new LocalNode("node-1", false)).giveBack();
    ImageClaim claim = claimPictures();
    PaidResult paid = paid(claim);
    assertThat(paid.address()).isEqualTo("https://files.example/1?sign=x");
    assertThat(paid.accepted()).isEqualTo(new AcceptedSubmission(call, "job", "request", true));
    assertThat(paid.toString()).doesNotContain("sign");
    assertThat(paid(claim.afterPicture(Optional.empty()))).isNull();
    assertThat(unfetched()).isEmpty();
    assertThat(calls(claim))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED));

    database().run(heart -> heart.paidResults().failed(call, "UNREACHABLE", "no route"));
    UnfetchedResult failed =
        database().call(heart -> heart.paidResults().failed(call, "FAKE_IP", "fake")).orElseThrow();
    assertThat(failed.failures()).isEqualTo(2);
    assertThat(failed.problem()).isEqualTo("FAKE_IP");
    assertThat(failed.isWanted()).isTrue();
    assertThat(failed.jobId()).isEqualTo("job");

    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ImageStored(
                            claim,
                            paid.accepted(),
                            claim.newImage("v", null, Tasks.file(claim.storeScope())),
                            Optional.empty())));
    assertThat(paid(claim)).isNull();
    assertThat(unfetched()).isEmpty();
  }

  @Test
  void a_task_with_a_paid_result_is_claimed_while_nothing_else_is() throws Exception {
    Task waiting = create("waits");
    ImageClaim claim = claimPictures();
    assertThat(claim.taskId()).isEqualTo(waiting.id());
    create("not begun");
    assertThat(claimForFetching()).isEmpty();
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        claim,
                        new AcceptedSubmission(reserved(claim), null, null),
                        "local",
                        "https://files.example/1",
                        Duration.ofHours(1)));
    assertThat(claimForFetching()).as("it is held").isEmpty();
    database().run(heart -> heart.results().apply(new Postponed(claim, Instant.EPOCH)));
    assertThat(claimForFetching()).extracting(TaskClaim::taskId).containsExactly(waiting.id());
  }

  @Test
  void what_nobody_waits_for_is_forgotten_unless_it_could_not_be_fetched() throws Exception {
    Task task = create("cancelled");
    ImageClaim claim = claimPictures();
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        claim,
                        new AcceptedSubmission(reserved(claim), null, null),
                        "local",
                        "https://files.example/1",
                        Duration.ofHours(1)));
    database().run(heart -> heart.paidResults().forgetUnwanted());
    assertThat(paid(claim)).isNotNull();
    database().run(heart -> heart.service().cancel("dev", task.id()));
    database().run(heart -> heart.paidResults().failed(reserved(claim), "UNREACHABLE", "no route"));
    database().run(heart -> heart.paidResults().forgetUnwanted());
    assertThat(unfetched())
        .singleElement()
        .satisfies(result -> assertThat(result.isWanted()).isFalse());
    database().run(heart -> heart.paidResults().fetched(reserved(claim)));
    assertThat(unfetched()).isEmpty();
  }

  @Test
  void a_model_that_cannot_be_fetched_is_known_until_it_is_stored() throws Exception {
    PollClaim polling = submitted(chosen("far away"));
    UnfetchedResult failed =
        database()
            .call(
                heart ->
                    heart
                        .paidResults()
                        .failed(polling, "HOST_NOT_ALLOWED", "no", Duration.ofDays(1)))
            .orElseThrow();
    assertThat(failed.address()).isNull();
    assertThat(failed.jobId()).isEqualTo("job-1");
    assertThat(
            database()
                .call(
                    heart -> heart.paidResults().failed(polling, "PROXY", "no", Duration.ofDays(1)))
                .orElseThrow()
                .failures())
        .isEqualTo(2);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(polling, Tasks.modelFile("m"), Optional.empty())));
    assertThat(unfetched()).isEmpty();
  }

  @Test
  void a_model_whose_job_was_lost_is_not_waited_for() throws Exception {
    PollClaim polling = submitted(chosen("lost"));
    UnfetchedResult failed =
        database()
            .call(
                heart ->
                    heart.paidResults().failed(polling, "UNREACHABLE", "no", Duration.ofDays(1)))
            .orElseThrow();
    assertThat(failed.isWanted()).isTrue();
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new AttemptFailed(
                            polling,
                            FailureCode.PROVIDER_UNAVAILABLE,
                            "no such job",
                            Instant.EPOCH)));
    assertThat(unfetched())
        .singleElement()
        .satisfies(result -> assertThat(result.isWanted()).isFalse());
  }

  @Test
  void a_lost_file_that_another_node_forgets_meanwhile_is_skipped() throws Exception {
    Task task = create("lost files");
    for (String key : List.of("a", "b")) {
      database()
          .sql(
              "insert into lost_file (file_key, task_id, place, fault, remedy, noticed_at, tries,"
                  + " due_at) values ('"
                  + key
                  + "', '"
                  + task.id()
                  + "', 0, 'MISSING', 'DRAW_AGAIN', timestamp '2026-01-01 00:00:00', 0,"
                  + " timestamp '2026-01-01 00:00:00')");
    }
    List<LostFile> taken =
        database()
            .call(
                heart ->
                    new LostFileRows(
                            forgettingFirst(heart.entities()), heart.files(), database().clock())
                        .takeDue(10));
    assertThat(taken).extracting(LostFile::key).containsExactly("b");
  }

  /**
   * Returns an entity manager that deletes the row of lost file "a" at the first lock, as another
   * node would.
   */
  private EntityManager forgettingFirst(EntityManager entities) {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              if (Set.of("find", "refresh").contains(method.getName())) {
                database().sql("delete from lost_file where file_key = 'a'");
              }
              try {
                return method.invoke(entities, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void nothingEndsBeforeItBeganThoughClocksAreSetBack() throws Exception {
    try {
      Task task = create("back in time");
      database().setClocksBehind(Duration.ofMinutes(10));
      storePictures(claimPictures(), 3);
      database().setClocksBehind(Duration.ofMinutes(20));
      database().leases(new LocalNode("node-1", false)).giveBack();
      storePictures(claimPictures(), 1);
      database().run(heart -> heart.service().selectImage("dev", task.id(), 2));
      database().setClocksBehind(Duration.ofMinutes(30));
      PollClaim claim = submitted(task);
      database().setClocksBehind(Duration.ofMinutes(40));
      database()
          .run(
              heart ->
                  heart
                      .results()
                      .apply(new ModelCompleted(claim, Tasks.modelFile("m"), Optional.empty())));

      Task done = find(task.id());
      assertThat(
              List.of(
                  done.createdAt(),
                  done.imageGenerationStartedAt(),
                  done.imageGenerationCompletedAt(),
                  done.model().orElseThrow().createdAt(),
                  done.modelGenerationStartedAt(),
                  done.model().orElseThrow().completedAt(),
                  done.completedAt()))
          .isSorted();
      assertThat(history(task.id()))
          .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
      for (Stage stage : Stage.values()) {
        List<Duration> past = database().call(heart -> heart.queries().pastDurations(stage));
        assertThat(past).isNotEmpty().allMatch(duration -> !duration.isNegative());
      }
    } finally {
      database().setClocksBehind(Duration.ZERO);
    }
  }

  private List<TaskEvent> read(ChangeScope scope, long after, Collection<Long> gaps)
      throws Exception {
    return database().call(heart -> heart.log().read(scope, after, gaps, 100));
  }

  @Test
  void theLogIsReadOnFromANumberAndItsGaps() throws Exception {
    Task one = create("one");
    Task other = database().call(heart -> heart.service().create("other", "two", null));
    Task last = create("three");
    List<TaskEvent> all = read(ChangeScope.ALL, 0, Set.of());
    assertThat(all).extracting(TaskEvent::taskId).containsExactly(one.id(), other.id(), last.id());
    assertThat(all).extracting(TaskEvent::owner).containsExactly("dev", "other", "dev");
    long first = all.get(0).id();
    assertThat(read(ChangeScope.ALL, first + 1, Set.of(first)))
        .extracting(TaskEvent::taskId)
        .containsExactly(one.id(), last.id());
    assertThat(read(new ChangeScope("dev", null), 0, Set.of())).hasSize(2);
    assertThat(read(new ChangeScope("dev", last.id()), 0, Set.of(first))).hasSize(1);
    assertThat(read(new ChangeScope("dev", other.id()), 0, Set.of())).isEmpty();
    assertThat(database().<Long>call(heart -> heart.log().last())).isEqualTo(all.get(2).id());
  }

  @Test
  void ofADeletedTaskTheLogKeepsOnlyThat() throws Exception {
    Task task = create("gone");
    long before = database().<Long>call(heart -> heart.log().last());
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThat(read(new ChangeScope("dev", null), 0, Set.of()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(TaskEvent.Type.DELETED);
              assertThat(event.taskId()).isEqualTo(task.id());
              assertThat(event.id()).isGreaterThan(before);
            });
  }

  @Test
  void severalTasksAreFoundAtOnceByTheirOwner() throws Exception {
    Task two = chosen("two");
    Task one = create("one");
    Task other = database().call(heart -> heart.service().create("other", "three", null));
    List<Task> found =
        database()
            .call(heart -> heart.queries().findAll("dev", Set.of(one.id(), two.id(), other.id())));
    assertThat(found).extracting(Task::id).containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(found).extracting(task -> task.images().size()).containsExactlyInAnyOrder(0, 4);
  }

  @Test
  void timesAreKeptToTheMicrosecond() throws Exception {
    Task task = create("time");
    assertThat(find(task.id()).createdAt()).isEqualTo(task.createdAt());
  }

  @Test
  void theOwnerIsInEveryQuery() throws Exception {
    Task task = create("mine");
    UUID id = task.id();
    assertThat(list("other", ALL)).isEmpty();
    List<TaskDatabase.Action> asAnother =
        List.of(
            heart -> heart.queries().find("other", id),
            heart -> heart.queries().history("other", id, 10, 0),
            heart -> heart.service().cancel("other", id),
            heart -> heart.service().selectImage("other", id, 0),
            heart -> heart.service().retryImages("other", id),
            heart -> heart.service().retryModel("other", id),
            heart -> heart.service().delete("other", id));
    for (TaskDatabase.Action action : asAnother) {
      assertThatThrownBy(() -> database().run(action)).isInstanceOf(TaskException.NotFound.class);
    }
    assertThat(find(id).status()).isEqualTo(TaskStatus.IMAGE_PENDING);
  }

  @Test
  void pagesOfSeveralStatusesFollowEachOtherInOneOrder() throws Exception {
    List<UUID> wanted = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Task task = create("task " + i);
      if (i % 3 == 0) {
        database().run(heart -> heart.service().cancel("dev", task.id()));
      } else if (i % 3 == 1) {
        claimPictures("node-1", 9);
      }
      if (i % 3 < 2) {
        wanted.add(0, task.id());
      }
    }
    database()
        .sql(
            "update task set status = 'IMAGE_PENDING' where prompt in ('task 2', 'task 5', 'task"
                + " 8')");
    TaskFilter filter =
        new TaskFilter(Set.of(TaskStatus.CANCELLED, TaskStatus.IMAGE_GENERATING), null);
    List<UUID> seen = new ArrayList<>();
    TaskCursor cursor = null;
    do {
      TaskCursor from = cursor;
      Page<Task, TaskCursor> page =
          database().call(heart -> heart.queries().list("dev", filter, 2, from));
      page.items().forEach(task -> seen.add(task.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).containsExactlyElementsOf(wanted);
  }

  @Test
  void whatIsKnownAlreadyIsToldByItsVersionUnlessOthersChangeWhatIsTold() throws Exception {
    Task task = create("known");
    assertThat(version("dev", task)).isEmpty();
    claimPictures();
    assertThat(version("dev", task)).contains(find(task.id()).updatedAt());
    assertThat(version("other", task)).isEmpty();
  }

  private Optional<Instant> version(String owner, Task task) throws Exception {
    return database().call(heart -> heart.queries().versionUnlessPending(owner, task.id()));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() throws Exception {
    Set<UUID> created = new HashSet<>();
    for (int i = 0; i < 45; i++) {
      created.add(create("task " + i).id());
    }
    database()
        .sql(
            "update task set created_at = timestamp with time zone '2026-05-05 10:00:00+00'"
                + " where prompt like '%3'"); // the id orders tasks with equal times
    List<UUID> seen = new ArrayList<>();
    TaskCursor cursor = null;
    do {
      TaskCursor from = cursor;
      Page<Task, TaskCursor> page =
          database().call(heart -> heart.queries().list("dev", ALL, 2, from));
      page.items().forEach(task -> seen.add(task.id()));
      cursor = page.next() == null ? null : TaskCursor.decode(page.next().encode());
    } while (cursor != null);
    assertThat(seen).hasSize(45).containsExactlyInAnyOrderElementsOf(created);
  }

  @Test
  void aSearchTakesItsTextLiterally() throws Exception {
    create("100% Wool_sock!");
    create("1000 wool socks");
    for (String text : List.of("0% w", "L_S", "sock!", "wool_")) {
      assertThat(list("dev", new TaskFilter(Set.of(), text)))
          .as(text)
          .extracting(Task::prompt)
          .containsExactly("100% Wool_sock!");
    }
  }

  @Test
  void aListingCanBeOfSomeStatuses() throws Exception {
    Task cancelled = create("one");
    create("two");
    database().run(heart -> heart.service().cancel("dev", cancelled.id()));
    TaskFilter filter = new TaskFilter(Set.of(TaskStatus.CANCELLED, TaskStatus.FAILED), null);
    assertThat(list("dev", filter)).extracting(Task::id).containsExactly(cancelled.id());
  }

  @Test
  void noTwoWorkersAreGivenTheSameTask() throws Exception {
    int count = 120;
    for (int i = 0; i < count; i++) {
      create("task " + i);
    }
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<UUID>>> claimers = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        String node = "node-" + n;
        claimers.add(
            () -> {
              List<UUID> mine = new ArrayList<>();
              int empty = 0;
              while (empty < 50) {
                List<ImageClaim> claims = claimPictures(node, 3);
                claims.forEach(claim -> mine.add(claim.taskId()));
                empty = claims.isEmpty() ? empty + 1 : 0;
              }
              return mine;
            });
      }
      List<UUID> all = new ArrayList<>();
      for (Future<List<UUID>> claimed : nodes.invokeAll(claimers)) {
        all.addAll(claimed.get());
      }
      assertThat(all).doesNotHaveDuplicates().hasSize(count);
    } finally {
      nodes.shutdownNow();
    }
  }

  @Test
  void theOldestTaskIsTakenFirst() throws Exception {
    UUID first = create("first").id();
    create("second");
    assertThat(claimPictures().taskId()).isEqualTo(first);
  }

  @Test
  void aTaskWhoseLeaseRanOutIsTakenOverAndTheSleeperIsRefused() throws Exception {
    database().set(Map.of("maquette.image.deadline", "PT1S", "maquette.worker.lease", "PT1.1S"));
    Task task = create("a long nap");
    ImageClaim sleeper = claimPictures();
    storePictures(sleeper, 1);
    assertThat(claimPictures("node-2", 1)).isEmpty();

    List<ImageClaim> taken = new ArrayList<>();
    await().atMost(Duration.ofSeconds(10)).until(() -> taken.addAll(claimPictures("node-2", 1)));
    assertThat(taken.get(0).missingImages()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> storePictures(sleeper, 1)).isInstanceOf(StaleClaimException.class);
    assertThat(find(task.id()).images()).hasSize(1);
    assertThat(history(task.id()))
        .extracting(TaskEvent::type)
        .contains(TaskEvent.Type.WORK_RESUMED);
  }

  @Test
  void aRestartedNodeTakesItsOwnLeasesBackAtOnce() throws Exception {
    create("killed");
    create("somebody else's");
    claimPictures();
    ImageClaim others = claimPictures("node-2", 1).get(0);
    assertThat(endLeftovers(false)).isEqualTo(1);
    ImageClaim again = claimPictures();
    assertThat(again.taskId()).isNotEqualTo(others.taskId());
  }

  @Test
  void anEmbeddedDatabaseHasNobodyElsesLeases() throws Exception {
    create("killed");
    claimPictures("an earlier life", 1);
    assertThat(endLeftovers(true)).isEqualTo(1);
    claimPictures();
  }

  @Test
  void cancelWinsOverAResultThatComesLater() throws Exception {
    Task task = chosen("cancelled");
    PollClaim polling = submitted(task);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ModelCompleted(
                                        polling, Tasks.modelFile("m"), Optional.empty()))))
        .isInstanceOf(StaleClaimException.class);
    Task after = find(task.id());
    assertThat(after.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(after.model().orElseThrow().file()).isEmpty();
    assertThat(database().announced.get(database().announced.size() - 1).job())
        .as("the job left open")
        .isEqualTo(new TaskClaim.Job("local", "job-1"));
  }

  @Test
  void aResultForADeletedTaskIsRefused() throws Exception {
    Task task = create("deleted");
    ImageClaim claim = claimPictures();
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThatThrownBy(() -> storePictures(claim, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  void noMoreModelJobsAreOpenThanTheLimitAllows() throws Exception {
    List<UUID> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(chosen("task " + i).id());
    }
    List<ModelClaim> claims = claimSubmissions("node-1", 10);
    assertThat(claims).extracting(TaskClaim::taskId).containsExactlyElementsOf(tasks.subList(0, 3));
    assertThat(claimSubmissions("node-2", 10)).isEmpty();
    database().run(heart -> heart.service().cancel("dev", tasks.get(0)));
    assertThat(claimSubmissions("node-1", 10))
        .extracting(TaskClaim::taskId)
        .containsExactly(tasks.get(3));
  }

  @Test
  void aTryThatFailedIsDueAgainNoEarlierThanItsBackoff() throws Exception {
    Task task = create("again");
    ImageClaim claim = claimPictures();
    Instant later = Instant.now().plusSeconds(3600);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new AttemptFailed(claim, FailureCode.PROVIDER_UNAVAILABLE, "503", later)));
    assertThat(claimPictures("node-1", 5)).isEmpty();
    Task waiting = find(task.id());
    assertThat(waiting.status()).isEqualTo(TaskStatus.IMAGE_GENERATING);
    assertThat(waiting.failedAttempts()).isEqualTo(1);
  }

  @Test
  void deletingLeavesNoRowAndListsTheFiles() throws Exception {
    Task task = chosen("gone");
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThatThrownBy(() -> find(task.id())).isInstanceOf(TaskException.NotFound.class);
    assertThatThrownBy(() -> history(task.id())).isInstanceOf(TaskException.NotFound.class);
    List<String> keys = discarded();
    assertThat(keys).hasSize(4);
    database().run(heart -> heart.discarded().deleted(keys));
    assertThat(discarded()).isEmpty();
    assertThat(database().announced.get(database().announced.size() - 1).to()).isNull();
  }

  @Test
  void retryingImagesRemovesRowsAndMakesFourNewPictures() throws Exception {
    Task task = chosen("again");
    PollClaim polling = submitted(task);
    database()
        .run(
            heart ->
                heart.results().apply(new Failed(polling, FailureCode.PROVIDER_REFUSED, "policy")));
    database().run(heart -> heart.service().retryImages("dev", task.id()));
    Task again = find(task.id());
    assertThat(again.images()).isEmpty();
    assertThat(again.model()).isEmpty();
    storePictures(claimPictures(), 4);
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
  }

  @Test
  void choosingAgainAfterCompletionMakesAModelInTheSameRow() throws Exception {
    Task task = chosen("again");
    PollClaim polling = submitted(task);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(polling, Tasks.modelFile("old"), Optional.empty())));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0));
    Task again = find(task.id());
    assertThat(again.status()).isEqualTo(TaskStatus.MODEL_PENDING);
    assertThat(again.model().orElseThrow().file()).isEmpty();
    assertThat(discarded()).containsExactly("old");
  }

  private Task changed(UUID id, int index, String instruction) throws Exception {
    return database().call(heart -> heart.service().editImage("dev", id, index, instruction));
  }

  private List<EditClaim> claimEdits(String node) throws Exception {
    return database().call(node, heart -> heart.claims().claimForEditing(5));
  }

  @Test
  void aPictureIsChangedByAWorkerOfItsOwn() throws Exception {
    Task task = create("kitten");
    storePictures(claimPictures(), 4);
    changed(task.id(), 2, "make it blue");
    assertThat(claimPictures("node-1", 5)).as("it is not drawn").isEmpty();
    EditClaim claim = claimEdits("node-1").get(0);
    assertThat(claim.instruction()).isEqualTo("make it blue");
    FileRef old = find(task.id()).image(2).orElseThrow().file();
    assertThat(claim.picture().key()).isEqualTo(old.key());
    assertThat(claim.newImage()).isEqualTo(4);
    assertThat(claimEdits("node-2")).as("nobody else has it to do").isEmpty();
    database()
        .run(
            heart -> {
              AcceptedSubmission accepted =
                  new AcceptedSubmission(heart.call(claim), null, "request-1");
              heart.results().apply(new ImageEdited(claim, accepted, Tasks.file("blue")));
            });
    Task done = find(task.id());
    assertThat(done.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(done.image(4).orElseThrow().editOf()).isEqualTo(2);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    ProviderCall call = calls.get(calls.size() - 1);
    assertThat(call.imageIndex()).isEqualTo(4);
    assertThat(call.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(history(task.id()))
        .filteredOn(event -> event.actor().equals("worker:edits"))
        .extracting(TaskEvent::type)
        .containsExactly(TaskEvent.Type.IMAGE_STORED, TaskEvent.Type.STATUS_CHANGED);
    database().run(heart -> heart.service().selectImage("dev", task.id(), 4));
    assertThat(claimSubmissions("node-1", 1).get(0).picture().key()).isEqualTo("blue");
  }

  @Test
  void aChangeThatIsCancelledOrTakenOverTakesNoResult() throws Exception {
    Task task = create("kitten");
    storePictures(claimPictures(), 4);
    changed(task.id(), 0, "make it blue");
    EditClaim claim = claimEdits("node-1").get(0);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ImageEdited(
                                        claim,
                                        new AcceptedSubmission(1, null, null),
                                        Tasks.file("late")))))
        .isInstanceOf(StaleClaimException.class);
    assertThat(find(task.id()).images()).hasSize(4);
    assertThat(discarded()).contains(claim.storeScope() + "/");
    changed(task.id(), 0, "make it red");
    EditClaim second = claimEdits("node-1").get(0);
    database().sql("update task set due_at = current_timestamp");
    EditClaim taken = claimEdits("node-2").get(0);
    assertThat(taken.newImage()).isEqualTo(second.newImage());
    database()
        .run(heart -> heart.results().apply(new Failed(taken, FailureCode.PROVIDER_REFUSED, "no")));
    Task failed = find(task.id());
    assertThat(failed.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(failed.edit().errorCode()).isEqualTo(FailureCode.PROVIDER_REFUSED);
    assertThat(claimEdits("node-1")).isEmpty();
  }

  @Test
  void aRepeatedKeyReturnsTheFirstAnswer() throws Exception {
    Task first = database().call(heart -> heart.service().create("dev", "once", "key"));
    database().run(heart -> heart.service().cancel("dev", first.id()));
    Task repeat = database().call(heart -> heart.service().create("dev", "once", "key"));
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    assertThat(repeat.updatedAt()).isEqualTo(first.updatedAt());
    assertThat(createUnderKey("other").id())
        .as("keys belong to their user")
        .isNotEqualTo(first.id());
    assertThatThrownBy(() -> database().run(heart -> heart.service().create("dev", "other", "key")))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
  }

  private Task createWith(ImageOptions options, String key) throws Exception {
    return database()
        .call(heart -> heart.service().create("dev", Quota.AS_SET, "a cat", options, key));
  }

  @Test
  void options_reach_the_claim_and_the_ledger() throws Exception {
    Task task = createWith(WIDE, null);
    assertThat(find(task.id()).imageOptions()).isEqualTo(WIDE);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    assertThat(claim.imageOptions()).isEqualTo(WIDE);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    assertThat(calls).extracting(call -> ImageOptions.ofJson(call.options())).containsExactly(WIDE);
    assertThat(claim.afterPicture(Optional.empty()).imageOptions()).isEqualTo(WIDE);
  }

  @Test
  void other_options_under_the_same_key_are_a_conflict() throws Exception {
    Task first = createWith(WIDE, "options");
    Task repeat = createWith(WIDE, "options");
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.imageOptions()).isEqualTo(WIDE);
    assertThatThrownBy(() -> createWith(ImageOptions.NONE, "options"))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
  }

  @Test
  void a_retry_for_other_pictures_changes_only_the_seed() throws Exception {
    Task task = createWith(WIDE, null);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().retryImages("dev", task.id(), WIDE.withNewSeed()));
    ImageOptions options = find(task.id()).imageOptions();
    assertThat(options.seed()).isPresent().isNotEqualTo(WIDE.seed());
    assertThat(options.aspect()).isEqualTo(WIDE.aspect());
    assertThat(options.negativePrompt()).isEqualTo(WIDE.negativePrompt());
  }

  @Test
  void options_of_the_model_reach_the_claim_and_the_ledger() throws Exception {
    Task task = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0, RELIEF));
    assertThat(find(task.id()).modelOptions()).isEqualTo(RELIEF);
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(claim.modelOptions()).isEqualTo(RELIEF);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    assertThat(calls)
        .extracting(call -> ModelOptions.ofJson(call.options()))
        .containsExactly(RELIEF);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().retryModel("dev", task.id(), RELIEF.withNewSeed()));
    ModelOptions other = find(task.id()).modelOptions();
    assertThat(other.seed()).isPresent().isNotEqualTo(RELIEF.seed());
    assertThat(other.form()).isEqualTo(RELIEF.form());
  }

  private List<String> providersOfWaiting() throws Exception {
    return database().call(heart -> heart.claims().providersOfWaiting());
  }

  private List<ModelClaim> claimFor(int max, ModelTarget... targets) throws Exception {
    return database().call(heart -> heart.claims().claimForSubmission(max, List.of(targets)));
  }

  private UUID choose(ModelOptions options) throws Exception {
    UUID id = UUID.randomUUID();
    database()
        .run(
            heart -> {
              heart
                  .service()
                  .createFromPicture("dev", Quota.AS_SET, id, "toy", Tasks.file("own"), null);
            });
    database().run(heart -> heart.service().selectImage("dev", id, 0, options));
    return id;
  }

  @Test
  void a_provider_gets_only_the_tasks_that_it_may_make() throws Exception {
    UUID any = choose(ModelOptions.NONE);
    UUID forOne = choose(RELIEF.at(List.of("one")));
    UUID forBoth = choose(RELIEF.at(List.of("one", "two")));
    assertThat(providersOfWaiting()).containsExactlyInAnyOrder("", "one", "one,two");
    assertThat(claimFor(8, new ModelTarget("three", 9, 8, List.of("three")))).isEmpty();
    List<ModelClaim> claims =
        claimFor(
            8,
            new ModelTarget("two", 9, 8, List.of("one,two", "")),
            new ModelTarget("one", 9, 8, List.of("one")));
    assertThat(claims)
        .extracting(TaskClaim::taskId, ModelClaim::provider)
        .containsExactlyInAnyOrder(tuple(any, "two"), tuple(forBoth, "two"), tuple(forOne, "one"));
    assertThat(providersOfWaiting()).isEmpty();
  }

  @Test
  void all_targets_together_get_at_most_the_wanted_number_of_tasks() throws Exception {
    choose(ModelOptions.NONE);
    choose(RELIEF.at(List.of("one")));
    ModelTarget two = new ModelTarget("two", 9, 1, List.of(""));
    ModelTarget one = new ModelTarget("one", 9, 1, List.of("one"));
    assertThat(claimFor(1, two, one)).extracting(ModelClaim::provider).containsExactly("two");
    assertThat(claimFor(1, two, one)).extracting(ModelClaim::provider).containsExactly("one");
  }

  @Test
  void a_poll_has_the_options_of_the_model() throws Exception {
    UUID id = choose(RELIEF.at(List.of("local")));
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(heart.call(claim), "job-1", "request-1"),
                            Instant.EPOCH,
                            claim.startedAt())));
    List<TaskClaim> polls = database().call(heart -> heart.claims().claimForPolling(1));
    assertThat(polls)
        .singleElement()
        .satisfies(
            poll -> {
              assertThat(poll.taskId()).isEqualTo(id);
              assertThat(poll).isInstanceOf(PollClaim.class);
              assertThat(poll.modelOptions()).isEqualTo(RELIEF.at(List.of("local")));
            });
  }

  @Test
  void a_task_may_have_fewer_pictures() throws Exception {
    ImageOptions two =
        new ImageOptions(
            Optional.of(2), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    Task task = createWith(two, null);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    assertThat(claim.missingImages()).containsExactly(0, 1);
    storePictures(claim, 2);
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(history(task.id())).extracting(TaskEvent::detail).contains("1/2", "2/2");
  }

  @Test
  void another_choice_of_a_picture_replaces_the_options_of_the_model() throws Exception {
    Task task = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0, RELIEF));
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0));
    assertThat(find(task.id()).modelOptions()).isEqualTo(ModelOptions.NONE);
  }

  @Test
  void aTaskBeginsWithAPictureOfOnesOwn() throws Exception {
    Task first = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    Task task = find(first.id());
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(task.hasOwnPicture()).isTrue();
    assertThat(task.images()).extracting(image -> image.file().key()).containsExactly("own");
    assertThat(claimPictures("node-1", 5)).as("no worker has it to do").isEmpty();
    Task repeat = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThatThrownBy(() -> withPicture(UUID.randomUUID(), "other", Tasks.file("own")))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
    assertThatThrownBy(() -> database().run(heart -> heart.service().create("dev", "toy", "key")))
        .as("the same words without the picture")
        .isInstanceOf(TaskException.IdempotencyConflict.class);
    database().run(heart -> heart.service().selectImage("dev", first.id(), 0));
    assertThat(find(first.id()).status()).isEqualTo(TaskStatus.MODEL_PENDING);
    database().run(heart -> heart.service().delete("dev", first.id()));
    assertThat(discarded()).contains("own");
  }

  private Task withPicture(UUID id, String prompt, FileRef picture) throws Exception {
    return database()
        .call(
            heart ->
                heart.service().createFromPicture("dev", Quota.AS_SET, id, prompt, picture, "key"));
  }

  @Test
  void oldKeysAreForgotten() throws Exception {
    database().run(heart -> heart.service().create("dev", "once", "key"));
    assertThat(forgetOld()).isZero();
    database()
        .sql("update idempotency_record set created_at = current_timestamp - interval '2' day");
    assertThat(forgetOld()).isEqualTo(1);
  }

  @Test
  void aFullQueueTakesNoMore() throws Exception {
    database().set(Map.of("maquette.queue.limit", "2"));
    create("one");
    Task two = create("two");
    assertThatThrownBy(() -> create("three")).isInstanceOf(TaskException.QueueFull.class);
    database().run(heart -> heart.service().cancel("dev", two.id()));
    create("three");
  }

  @Test
  void oneUserDoesNotFillTheQueueForAll() throws Exception {
    database().set(Map.of("maquette.queue.user-limit", "1"));
    TaskDatabase.Action ofMaker = heart -> heart.service().create("maker", "mine", null);
    database().run(ofMaker);
    assertThatThrownBy(() -> database().run(ofMaker))
        .isInstanceOfSatisfying(
            TaskException.QueueFull.class, e -> assertThat(e.isOfUser()).isTrue());
    create("the development user has");
    create("no limit of its own");
  }

  @Test
  void queuesTellWhatWaitsWhatIsHeldAndSinceWhen() throws Exception {
    Task taken = create("one");
    Task waiting = create("two");
    claimPictures();
    Map<TaskStatus, QueueState> queues = database().call(heart -> heart.queries().queues());
    assertThat(queues)
        .containsOnlyKeys(
            TaskStatus.IMAGE_PENDING,
            TaskStatus.IMAGE_GENERATING,
            TaskStatus.IMAGE_EDITING,
            TaskStatus.MODEL_PENDING,
            TaskStatus.MODEL_GENERATING)
        .containsEntry(
            TaskStatus.IMAGE_PENDING,
            new QueueState(1, 0, find(waiting.id()).updatedAt(), find(waiting.id()).dueAt()))
        .containsEntry(
            TaskStatus.IMAGE_GENERATING,
            new QueueState(1, 1, find(taken.id()).updatedAt(), find(taken.id()).dueAt()))
        .containsEntry(TaskStatus.MODEL_PENDING, new QueueState(0, 0, null, null));
  }

  private Task chosenBy(String owner) throws Exception {
    Task task = database().call(heart -> heart.service().create(owner, "of " + owner, null));
    storePictures(claimPictures(), 4);
    return database().call(heart -> heart.service().selectImage(owner, task.id(), 0));
  }

  @Test
  void nobodysManyTasksKeepOthersFromTheirTurn() throws Exception {
    Task first = chosenBy("busy");
    Task second = chosenBy("busy");
    Task third = chosenBy("busy");
    Task other = chosenBy("patient");
    assertThat(claimSubmissions("node-1", 1))
        .extracting(TaskClaim::taskId)
        .containsExactly(first.id());
    assertThat(claimSubmissions("node-1", 1))
        .extracting(TaskClaim::taskId)
        .containsExactly(other.id());
    assertThat(claimSubmissions("node-1", 9, "local", 10))
        .extracting(TaskClaim::taskId)
        .containsExactly(second.id(), third.id());
  }

  @Test
  void eachProviderHasItsOwnRoom() throws Exception {
    for (int index = 0; index < 5; index++) {
      chosen("task " + index);
    }
    assertThat(claimSubmissions("node-1", 9, "one", 2)).hasSize(2);
    assertThat(claimSubmissions("node-2", 9, "one", 2)).isEmpty();
    List<ModelClaim> others = claimSubmissions("node-2", 9, "two", 1);
    assertThat(others).extracting(ModelClaim::provider).containsExactly("two");
  }

  @Test
  void anotherProviderStepsInWhereItHasRoom() throws Exception {
    Task task = chosen("moves");
    chosen("stays");
    ModelClaim moving = claimSubmissions("node-1", 1, "one", 1).get(0);
    ModelClaim staying = claimSubmissions("node-1", 1, "two", 1).get(0);
    assertThat(moves(moving, "two", 1)).isFalse();
    assertThat(moves(moving, "two", 2)).isTrue();
    assertThatThrownBy(() -> moves(moving, "two", 3)).isInstanceOf(StaleClaimException.class);
    assertThat(find(staying.taskId()).model().orElseThrow().provider()).isEqualTo("two");
    TaskClaim again = database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(again.taskId()).isEqualTo(task.id());
    assertThat(again.modelProvider()).contains("two");
    assertThat(again.failedAttempts()).isZero();
    assertThat(history(task.id()))
        .filteredOn(event -> event.type() == TaskEvent.Type.PROVIDER_CHANGED)
        .extracting(TaskEvent::detail)
        .containsExactly("one -> two: OUT_OF_CREDIT");
  }

  private boolean moves(TaskClaim claim, String to, int openJobs) throws Exception {
    return database()
        .call(heart -> heart.claims().changeProvider(claim, to, openJobs, "OUT_OF_CREDIT"));
  }

  @Test
  void callsOfAllNodesAreSpacedAndNobodyWaitsLong() throws Exception {
    Duration gap = Duration.ofMillis(400);
    List<Optional<Duration>> waits = new ArrayList<>();
    for (int call = 0; call < 5; call++) {
      String node = "node-" + call % 2;
      waits.add(database().call(node, heart -> heart.pace().reserve("tencent", gap)));
    }
    assertThat(waits.get(0)).contains(Duration.ZERO);
    assertThat(waits.get(2))
        .hasValueSatisfying(wait -> assertThat(wait).isBetween(gap, gap.multipliedBy(2)));
    assertThat(waits.get(4)).isEmpty();
    Optional<Duration> other = database().call(heart -> heart.pace().reserve("meshy", gap));
    assertThat(other).contains(Duration.ZERO);
  }

  private int place(Task task) throws Exception {
    return database()
        .call(heart -> heart.queries().placeInQueue(heart.queries().find(task.owner(), task.id())));
  }

  @Test
  void everybodyKnowsTheirPlace() throws Exception {
    Task one = create("one");
    Task two = create("two");
    assertThat(place(one)).isEqualTo(1);
    assertThat(place(two)).isEqualTo(2);
    claimPictures();
    assertThat(place(two)).isEqualTo(1);
    claimPictures();

    Task first = chosenBy("busy");
    Task second = chosenBy("busy");
    Task other = chosenBy("patient");
    assertThat(List.of(place(first), place(other), place(second))).containsExactly(1, 2, 3);
  }

  @Test
  void pastDurationsAreThoseOfWhatWasDone() throws Exception {
    chosen("has pictures");
    create("has none");
    List<Duration> images = database().call(heart -> heart.queries().pastDurations(Stage.IMAGE));
    assertThat(images).hasSize(1);
    List<Duration> models = database().call(heart -> heart.queries().pastDurations(Stage.MODEL));
    assertThat(models).isEmpty();
  }

  private SubmissionDecision ask(TaskClaim claim, Duration grace) throws Exception {
    return ask(claim, grace, true);
  }

  private SubmissionDecision ask(TaskClaim claim, Duration grace, boolean lookedFor)
      throws Exception {
    return database().call(heart -> heart.ledger().submit(claim, "local", grace, lookedFor));
  }

  private long granted(TaskClaim claim, Duration grace) throws Exception {
    return ((SubmissionDecision.Granted) ask(claim, grace)).call();
  }

  private boolean knows(String provider, String job) throws Exception {
    return database().call(heart -> heart.ledger().knows(provider, job));
  }

  private List<ProviderCall> ledger(TaskClaim claim) throws Exception {
    return database().call(heart -> heart.ledger().of(claim.taskId()));
  }

  @Test
  void aSubmissionHasItsRowBeforeItIsMadeAndItsAnswerAfterwards() throws Exception {
    Task task = chosen("told");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long call = reserved(claim);
    ProviderCall row = ledger(claim).get(4); // after the rows of the four pictures
    assertThat(row.outcome()).isEqualTo(ProviderCall.Outcome.SUBMITTING);
    assertThat(row.reason()).isNull();
    assertThat(row.attempt()).isEqualTo(1);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(call, "job-1", "request-1"),
                            Instant.EPOCH,
                            claim.startedAt())));
    ProviderCall answered = ledger(claim).get(4);
    assertThat(answered.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(answered.jobId()).isEqualTo("job-1");
    assertThat(answered.requestId()).isEqualTo("request-1");
    assertThat(answered.duration()).isNotNull().isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(answered.isLate()).isFalse();
    assertThat(find(task.id()).model().orElseThrow().apiTaskId()).isEqualTo("job-1");
  }

  @Test
  void anUnknownOutcomeIsWaitedForThenSubmittedOnceMoreAndNeverAThirdTime() throws Exception {
    chosen("who knows");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long first = reserved(claim);
    database().run(heart -> heart.ledger().recordUnknown(first, "SocketTimeoutException"));
    assertThat(ask(claim, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);

    assertThat(ledger(claim).get(4).duration()).isNotNull();

    Duration over = Duration.ofNanos(1000);
    long second = granted(claim, over);
    assertThat(ledger(claim).get(5).reason()).isEqualTo("outcome of call " + first + " is unknown");
    assertThat(history(claim.taskId()))
        .anyMatch(event -> event.type() == TaskEvent.Type.SUBMITTED_AGAIN);
    database().run(heart -> heart.ledger().recordUnknown(second, "SocketTimeoutException"));
    assertThat(ask(claim, over)).isInstanceOf(SubmissionDecision.Denied.class);
    assertThat(ledger(claim)).hasSize(6);
  }

  @Test
  void aSubmissionWhoseNodeEndedIsUnknown() throws Exception {
    chosen("killed in between");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(ask(claim, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
    assertThat(ledger(claim).get(4).outcome()).isEqualTo(ProviderCall.Outcome.UNKNOWN);
    assertThat(ledger(claim).get(4).duration()).isNull();
  }

  @Test
  void whatNobodyKnowsOfIsLookedForBeforeItIsSubmittedAgain() throws Exception {
    chosen("perhaps taken");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    Duration over = Duration.ofNanos(1000);
    long call = reserved(claim);
    database().run(heart -> heart.ledger().recordUnknown(call, "SocketTimeoutException"));
    assertThat(ask(claim, over, false))
        .isEqualTo(new SubmissionDecision.LookFirst(call, ledger(claim).get(4).submittedAt()));
    assertThat(knows("local", "job-9")).isFalse();
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(call, "job-9", null),
                            Instant.EPOCH,
                            claim.startedAt())));
    assertThat(ledger(claim)).hasSize(5);
    assertThat(ledger(claim).get(4).outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(ledger(claim).get(4).error()).as("it is not lost after all").isNull();
    assertThat(knows("local", "job-9")).isTrue();
    assertThat(knows("tencent", "job-9")).isFalse();
  }

  @Test
  void anAnswerThatComesWhileTheTaskIsTakenOverIsNotWrittenOver() throws Exception {
    chosen("late by a moment");
    ModelClaim sleeper = claimSubmissions("node-1", 1).get(0);
    long call = reserved(sleeper);
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    TaskClaim next = database().call("node-2", heart -> heart.claims().claimForPolling(1)).get(0);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<SubmissionDecision> asked =
          database()
              .call(
                  heart -> {
                    heart.ledger().recordLate(new AcceptedSubmission(call, "job-1", null));
                    heart.entities().flush();
                    Future<SubmissionDecision> asking =
                        other.submit(() -> ask(next, Duration.ofMinutes(1)));
                    assertThatThrownBy(() -> asking.get(300, TimeUnit.MILLISECONDS))
                        .as("it waits for the answer")
                        .isInstanceOf(TimeoutException.class);
                    return asking;
                  });
      assertThat(asked.get()).isInstanceOf(SubmissionDecision.Granted.class);
    } finally {
      other.shutdownNow();
    }
    ProviderCall answered = ledger(next).get(4);
    assertThat(answered.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(answered.isLate()).isTrue();
    assertThat(answered.error()).isNull();
    assertThat(ledger(next).get(5).reason()).contains("was accepted");
  }

  @Test
  void aSubmissionIsFoundThoughTheClockWentBackSinceTheStageBegan() throws Exception {
    chosen("a second earlier");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    TaskClaim.ClaimedTask task = claim.claimed();
    ModelClaim begunLater =
        new ModelClaim(
            new TaskClaim.ClaimedTask(
                task.id(),
                task.owner(),
                task.fence(),
                task.failedAttempts(),
                task.startedAt().plusSeconds(1),
                task.trace()),
            claim.prompt(),
            claim.modelOptions(),
            claim.picture(),
            claim.provider(),
            Optional.empty());
    granted(begunLater, Duration.ofMinutes(1));
    assertThat(ask(begunLater, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
  }

  @Test
  void aStepGoesOnWithTheTraceInWhichItsStageWasAskedFor() throws Exception {
    String creation = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String choice = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
    Task task = within(creation, () -> create("traced"));
    ImageClaim pictures = within(choice, this::claimPictures);
    assertThat(pictures.claimed().trace()).contains(creation);
    assertThat(pictures.owner()).isEqualTo("dev");
    storePictures(pictures, 4);
    within(
        choice, () -> database().call(heart -> heart.service().selectImage("dev", task.id(), 2)));
    assertThat(claimSubmissions("node-2", 1).get(0).claimed().trace()).contains(choice);

    chosen("not traced");
    assertThat(claimSubmissions("node-1", 1).get(0).claimed().trace()).isEmpty();
  }

  @Test
  void aSubmissionThatWasNotMadeAfterAllLeavesNoRow() throws Exception {
    chosen("not sent");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database().run(heart -> heart.ledger().withdraw(reserved(claim)));
    assertThat(ledger(claim)).hasSize(4);
    long next = granted(claim, Duration.ofMinutes(1));
    assertThat(ledger(claim).get(4).id()).isEqualTo(next);
    assertThat(ledger(claim).get(4).reason()).isNull();
  }

  @Test
  void whatWasTakenOverIsNotWithdrawnAndNotConfirmed() throws Exception {
    chosen("slept before it was sent");
    ModelClaim sleeper = claimSubmissions("node-1", 1).get(0);
    database().run(heart -> heart.ledger().confirm(sleeper));
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    TaskClaim next = database().call("node-2", heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(ask(next, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
    assertThatThrownBy(() -> database().run(heart -> heart.ledger().confirm(sleeper)))
        .isInstanceOf(StaleClaimException.class);
    database().run(heart -> heart.ledger().withdraw(reserved(sleeper)));
    assertThat(ledger(sleeper).get(4).outcome()).isEqualTo(ProviderCall.Outcome.UNKNOWN);
  }

  @Test
  void theNextPicturesRowIsWrittenWithTheOneBeforeIt() throws Exception {
    create("one after the other");
    ImageClaim claim = claimPictures();
    ImageClaim next =
        database()
            .call(
                heart ->
                    heart
                        .results()
                        .apply(
                            new ImageStored(
                                claim,
                                new AcceptedSubmission(reserved(claim), null, null),
                                claim.newImage("v", null, Tasks.file(claim.storeScope())),
                                Optional.of("local"))))
            .orElseThrow();
    List<ProviderCall> rows = ledger(claim);
    assertThat(rows).extracting(ProviderCall::id).containsExactly(reserved(claim), reserved(next));
    assertThat(next.missingImages()).containsExactly(1, 2, 3);
    assertThat(rows)
        .extracting(ProviderCall::outcome)
        .containsExactly(ProviderCall.Outcome.ACCEPTED, ProviderCall.Outcome.SUBMITTING);
    assertThat(rows.get(1).imageIndex()).isEqualTo(1);
  }

  @Test
  void picturesOfSeveralTasksAreStoredTogetherAndTheLastOneCompletesItsStage() throws Exception {
    Task nearly = create("nearly there");
    storePictures(claimPictures(), 3);
    Task beginning = create("beginning");
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    List<ImageClaim> claims = claimPictures("node-1", 2);
    Instant before = find(beginning.id()).updatedAt();
    database()
        .sql("update task set due_at = current_timestamp, failed_attempts = 2, abandoned = 3");
    List<TaskResult> results = new ArrayList<>();
    for (ImageClaim claim : claims) {
      long call = database().call(heart -> heart.call(claim));
      results.add(
          new ImageStored(
              claim,
              new AcceptedSubmission(call, null, null),
              claim.newImage("v", ImageRemark.UNKNOWN_SUBJECT, Tasks.file(claim.storeScope())),
              Optional.empty()));
    }
    database().run(heart -> heart.writer().apply(results));
    Task done = find(nearly.id());
    assertThat(done.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(done.missingImages()).isEmpty();
    assertThat(done.leasedBy()).isNull();
    Task going = find(beginning.id());
    assertThat(going.images()).extracting(TaskImage::index).containsExactly(0);
    assertThat(going.images().get(0).remark()).isEqualTo(ImageRemark.UNKNOWN_SUBJECT);
    assertThat(going.leasedBy()).isEqualTo("node-1");
    assertThat(going.dueAt()).as("the lease").isAfter(Instant.now().plusSeconds(60));
    assertThat(going.failedAttempts()).isZero();
    assertThat(going.updatedAt()).isAfter(before);
    TaskEvent told = history(beginning.id()).get(2);
    assertThat(told.type()).isEqualTo(TaskEvent.Type.IMAGE_STORED);
    assertThat(told.detail()).isEqualTo("1/4");
    assertThat(told.at()).isEqualTo(going.updatedAt());
    assertThat(history(nearly.id()))
        .extracting(TaskEvent::detail)
        .contains("1/4", "2/4", "3/4", "4/4");
    assertThatThrownBy(() -> database().run(heart -> heart.writer().apply(results)))
        // the first result is stale, and the second one was already applied
        .isInstanceOf(UndoneException.class);
    assertThat(find(beginning.id()).images()).hasSize(1);
  }

  @Test
  void resultsAreAppliedTogetherAndAStaleOneLeavesTheOthersAlone() throws Exception {
    Task one = create("one");
    Task cancelled = create("two");
    Task three = create("three");
    List<ImageClaim> claims = claimPictures("node-1", 3);
    database().run(heart -> heart.service().cancel("dev", cancelled.id()));
    Instant later = Instant.now().plusSeconds(60);
    List<TaskResult> results =
        claims.stream()
            .map(claim -> new AttemptFailed(claim, FailureCode.INTERNAL_ERROR, "x", later))
            .map(TaskResult.class::cast)
            .toList();
    List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
    assertThat(outcomes)
        .containsExactly(
            new Applied(TaskStatus.IMAGE_GENERATING, Optional.of(later), Optional.empty()),
            NotApplied.REFUSED,
            new Applied(TaskStatus.IMAGE_GENERATING, Optional.of(later), Optional.empty()));
    assertThat(find(one.id()).failedAttempts()).isEqualTo(1);
    assertThat(find(three.id()).failedAttempts()).isEqualTo(1);
    assertThat(find(cancelled.id()).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(history(three.id()))
        .extracting(TaskEvent::type)
        .containsExactly(
            TaskEvent.Type.STATUS_CHANGED,
            TaskEvent.Type.STATUS_CHANGED,
            TaskEvent.Type.ATTEMPT_FAILED);
  }

  @Test
  void aTaskThatSomebodyHasLockedHoldsUpNoOther() throws Exception {
    Task locked = create("locked");
    Task free = create("free");
    List<ImageClaim> claims = claimPictures("node-1", 2);
    List<TaskResult> results =
        claims.stream()
            .map(claim -> new Postponed(claim, Instant.now().plusSeconds(60)))
            .map(TaskResult.class::cast)
            .toList();
    try (Connection holder = database().source().getConnection();
        Statement lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("select id from task where prompt = 'locked' for update");
      List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
      assertThat(outcomes.get(0)).isEqualTo(NotApplied.LOCKED);
      assertThat(outcomes.get(1)).isInstanceOf(Applied.class);
      holder.rollback();
    }
    assertThat(find(free.id()).leasedBy()).isNull();
    assertThat(find(locked.id()).leasedBy()).isEqualTo("node-1");
    ResultOutcome waited = database().call(heart -> heart.writer().applyLocked(results.get(0)));
    assertThat(waited).isInstanceOf(Applied.class);
    database().run(heart -> heart.service().delete("dev", free.id()));
    ResultOutcome gone = database().call(heart -> heart.writer().applyLocked(results.get(1)));
    assertThat(gone).isEqualTo(NotApplied.LOCKED);
  }

  @Test
  void jobsThatAreAsBeforeArePutOffTogetherAndOthersAreTold() throws Exception {
    PollClaim before = submitted(chosen("as before"));
    PollClaim further = submitted(chosen("further"));
    PollClaim beforeToo = submitted(chosen("as before, too"));
    Instant soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MICROS);
    Instant later = soon.plusSeconds(60);
    List<TaskResult> results =
        List.of(
            new Postponed(before, soon),
            new ModelProgressed(further, ModelStatus.GENERATING, 1, later),
            new Postponed(beforeToo, later));
    List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
    assertThat(outcomes)
        .containsExactly(
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(soon), Optional.empty()),
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(later), Optional.empty()),
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(later), Optional.empty()));
    assertThat(find(before.taskId()).dueAt()).isEqualTo(soon);
    assertThat(find(beforeToo.taskId()).dueAt()).isEqualTo(later);
    assertThat(find(before.taskId()).leasedBy()).isNull();
    assertThat(history(before.taskId()))
        .extracting(TaskEvent::type)
        .endsWith(TaskEvent.Type.MODEL_SUBMITTED);
    List<ResultOutcome> again = database().call(heart -> heart.writer().apply(results));
    assertThat(again).containsOnly(NotApplied.REFUSED);
    assertThat(find(before.taskId()).dueAt()).isEqualTo(soon);
  }

  @Test
  void whatTheProviderSaidBeforeIsNothingNew() throws Exception {
    PollClaim first = submitted(chosen("slow"));
    assertThat(first.known()).isEqualTo(new TaskClaim.KnownState(ModelStatus.PENDING, 0));
    PollClaim second = told(first, 40);
    assertThat(second.known()).isEqualTo(new TaskClaim.KnownState(ModelStatus.GENERATING, 40));
    Instant changed = find(first.taskId()).updatedAt();
    told(told(second, 40), 30); // progress never goes down
    assertThat(find(first.taskId()).updatedAt()).isEqualTo(changed);
    assertThat(history(first.taskId()))
        .extracting(TaskEvent::type)
        .containsOnlyOnce(TaskEvent.Type.MODEL_PROGRESSED);
  }

  private PollClaim told(PollClaim claim, int progress) throws Exception {
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        TaskResult.ofPoll(claim, ModelStatus.GENERATING, progress, Instant.EPOCH)));
    return (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
  }

  @Test
  void whatCannotBeAppliedIsUndoneForSure() throws Exception {
    create("one");
    ImageClaim claim = claimPictures();
    TaskResult impossible =
        new ImageStored(
            claim,
            new AcceptedSubmission(-1, null, null),
            claim.newImage("v", null, Tasks.file("unknown")),
            Optional.empty());
    assertThatThrownBy(() -> database().run(heart -> heart.writer().apply(List.of(impossible))))
        .isInstanceOf(UndoneException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ImageStored(
                                        claim,
                                        new AcceptedSubmission(reserved(claim), null, null),
                                        claim.newImage(
                                            "v".repeat(5_000),
                                            null,
                                            Tasks.file("too long for its column")),
                                        Optional.empty()))))
        .isNotInstanceOf(UndoneException.class)
        .isInstanceOf(PersistenceException.class);
  }

  @Test
  void workersAreToldWhenATaskTheyGaveBackIsDue() throws Exception {
    create("later");
    ImageClaim claim = claimPictures();
    Instant later = Instant.now().plusSeconds(60);
    database().run(heart -> heart.results().apply(new Postponed(claim, later)));
    assertThat(database().due).containsExactly(new TaskDue(TaskStatus.IMAGE_GENERATING, later));
  }

  @Test
  void whatCostsNothingIsSimplyMadeAgain() throws Exception {
    chosen("free");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    for (int i = 0; i < 4; i++) {
      granted(claim, Duration.ZERO);
    }
    assertThat(ledger(claim)).hasSize(9);
  }

  @Test
  void aRefusalIsKeptInTheProvidersWordsAndAnAnswerAfterCancelAsLate() throws Exception {
    Task task = chosen("refused, then late");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long first = reserved(claim);
    database().run(heart -> heart.ledger().recordRefused(first, "THROTTLED", "slow down"));
    long second = granted(claim, Duration.ofMinutes(1));
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(() -> ask(claim, Duration.ZERO)).isInstanceOf(StaleClaimException.class);
    database()
        .run(heart -> heart.ledger().recordLate(new AcceptedSubmission(second, "job-2", null)));

    List<ProviderCall> rows = ledger(claim);
    assertThat(rows.get(4).outcome()).isEqualTo(ProviderCall.Outcome.REFUSED);
    assertThat(rows.get(4).problem()).isEqualTo("THROTTLED");
    assertThat(rows.get(4).error()).isEqualTo("slow down");
    assertThat(rows.get(5).reason()).contains("was not accepted: THROTTLED");
    assertThat(rows.get(5).isLate()).isTrue();
    assertThat(rows.get(5).jobId()).isEqualTo("job-2");
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThat(ledger(claim)).hasSize(6);
  }

  @Test
  void whatCancellingAJobReallyDidIsInTheLedgerAndTheHistory() throws Exception {
    Task task = chosen("no longer wanted");
    PollClaim claim = submitted(task);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    database().run(heart -> heart.ledger().recordCancelled(claim.job(), "CANNOT_STOP"));
    assertThat(ledger(claim).get(4).cancellation()).isEqualTo("CANNOT_STOP");
    TaskEvent last = history(task.id()).get(history(task.id()).size() - 1);
    assertThat(last.type()).isEqualTo(TaskEvent.Type.JOB_CANCELLED);
    assertThat(last.detail()).isEqualTo("CANNOT_STOP");
    assertThat(last.to()).isEqualTo(TaskStatus.CANCELLED);

    database().run(heart -> heart.service().delete("dev", task.id()));
    database().run(heart -> heart.ledger().recordCancelled(claim.job(), "STOPPED"));
    assertThat(ledger(claim).get(4).cancellation()).isEqualTo("STOPPED");
  }

  @Test
  void everyStatusIsCounted() throws Exception {
    create("one");
    Task two = create("two");
    database().run(heart -> heart.service().cancel("dev", two.id()));
    Map<TaskStatus, Long> counts = database().call(heart -> heart.queries().counts());
    assertThat(counts)
        .containsOnlyKeys(TaskStatus.values())
        .containsEntry(TaskStatus.IMAGE_PENDING, 1L)
        .containsEntry(TaskStatus.CANCELLED, 1L)
        .containsEntry(TaskStatus.FAILED, 0L);
  }

  private int giveBack() throws Exception {
    return database().leases(new LocalNode("node-1", false)).giveBack();
  }

  @Test
  void aNodeThatStopsGivesBackWhatItHoldsAndShutsItselfOut() throws Exception {
    create("held");
    ImageClaim held = claimPictures();
    assertThat(giveBack()).isEqualTo(1);
    assertThat(giveBack()).isZero();
    ImageClaim next = claimPictures();
    assertThat(next.taskId()).isEqualTo(held.taskId());
    assertThat(next.fence()).isGreaterThan(held.fence());
  }

  @Test
  void aStepThatBrokeOffIsGivenBackUnlessItsClaimHasEnded() throws Exception {
    Task task = create("broken off");
    ImageClaim broken = claimPictures();
    Leases leases = database().leases(new LocalNode("node-1", false));
    leases.giveBack(broken, Instant.now().minusSeconds(1));
    ImageClaim next = claimPictures("node-2", 1).get(0);
    leases.giveBack(broken, Instant.now().minusSeconds(1));
    assertThat(claimPictures("node-1", 1)).isEmpty();
    assertThat(find(task.id()).leasedBy()).isEqualTo("node-2");
    assertThat(history(task.id()))
        .extracting(TaskEvent::type)
        .doesNotContain(TaskEvent.Type.WORK_RESUMED);
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactly(broken.storeScope() + "/");
    storePictures(next, 1);
  }

  private int endThoseOf(String gone) throws Exception {
    return database().leases(new LocalNode("node-2", false)).endThoseOf(gone);
  }

  @Test
  void othersGoOnAtOnceWithWhatAGoneNodeHeldAndItsResultIsWelcomeUntilThen() throws Exception {
    create("held by a node that is gone");
    ImageClaim held = claimPictures();
    assertThat(endThoseOf("node-3")).isZero();
    assertThat(endThoseOf("node-1")).isEqualTo(1);
    storePictures(held, 1);
    assertThat(endThoseOf("node-1")).isEqualTo(1);
    ImageClaim taken = claimPictures("node-2", 1).get(0);
    assertThat(taken.missingImages()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> storePictures(held, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  void aTaskThatIsLeftHalfDoneAgainAndAgainIsGivenUp() throws Exception {
    Task task = create("poison");
    ImageClaim first = claimPictures();
    for (int nodes = 1; nodes < Task.ABANDONED_LIMIT; nodes++) {
      endThoseOf("node-1");
      assertThat(claimPictures("node-1", 1)).hasSize(1);
    }
    endThoseOf("node-1");
    assertThat(claimPictures("node-1", 1)).isEmpty();
    Task failed = find(task.id());
    assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(failed.errorCode()).isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(failed.leasedBy()).isNull();
    List<TaskEvent> history = history(task.id());
    assertThat(history.get(history.size() - 1).detail())
        .contains("left half done 5 times in a row");
    assertThatThrownBy(() -> storePictures(first, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  void somethingThatCameOfItShowsThatATaskIsNoPoison() throws Exception {
    create("slow, and the nodes are killed often");
    for (int picture = 0; picture < 3; picture++) {
      for (int nodes = 1; nodes < Task.ABANDONED_LIMIT - 1; nodes++) {
        claimPictures();
        endThoseOf("node-1");
      }
      storePictures(claimPictures(), 1);
      endThoseOf("node-1");
    }
    storePictures(claimPictures(), 1);
  }

  @Test
  void whatALostClaimMayHaveStoredIsListedAndWhatATaskNeedsIsNot() throws Exception {
    Task task = create("killed");
    ImageClaim killed = claimPictures();
    storePictures(killed, 1);
    String needed = Tasks.file(killed.storeScope() + 0).key();
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10))).isEmpty();
    endThoseOf("node-1");
    ImageClaim stopped = claimPictures();
    giveBack();
    ImageClaim cancelled = claimPictures();
    database().run(heart -> heart.discarded().leftBy(cancelled));
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactlyInAnyOrder(
            killed.storeScope() + "/", stopped.storeScope() + "/", cancelled.storeScope() + "/");
    assertThat(
            database()
                .<List<String>>call(
                    heart -> heart.discarded().unneeded(List.of(needed, "left/behind"))))
        .containsExactly("left/behind");
  }

  @Test
  void whatIsLetGoMayBeListedByTwoAtOnce() throws Exception {
    Task task = create("stopped and cancelled at the same moment");
    ImageClaim held = claimPictures();
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> atOnce =
          database()
              .call(
                  heart -> {
                    heart.service().cancel("dev", task.id());
                    heart.entities().flush();
                    List<Future<?>> waiting =
                        List.of(
                            others.submit(this::giveBack),
                            others.submit(
                                () -> {
                                  database().run(other -> other.discarded().leftBy(held));
                                  return null;
                                }));
                    assertThatThrownBy(() -> waiting.get(1).get(300, TimeUnit.MILLISECONDS))
                        .as("it waits its turn")
                        .isInstanceOf(TimeoutException.class);
                    return waiting;
                  });
      for (Future<?> done : atOnce) {
        done.get();
      }
    } finally {
      others.shutdownNow();
    }
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactly(held.storeScope() + "/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update task set status = 'LOST'",
        "update task set status = 'FAILED', due_at = null",
        "update task set selected_image_index = 12",
        "update task set selected_image_index = -1",
        "update task set due_at = null where status = 'MODEL_PENDING'",
        "update task_image set image_index = 12 where image_index = 3",
        "update task_image set image_index = 0 where image_index = 1",
        "update task set status = 'IMAGE_EDITING'", // without an edit
        "update task_model set progress = 101",
        "update task_model set progress = -1",
        "update task_model set status = 'DONE'",
        "update task_model set status = 'COMPLETED'",
        "insert into task_model select * from task_model",
        "delete from task",
        "insert into worker_gate (name) values ('MODEL')",
      })
  void theDatabaseRefusesWhatCannotBe(String statement) throws Exception {
    chosen("checked");
    assertThatThrownBy(() -> database().sql(statement)).isInstanceOf(SQLException.class);
  }

  // Quotas

  private Task createFor(String owner, Quota quota) throws Exception {
    return database()
        .call(heart -> heart.service().create(owner, quota, "one more", ImageOptions.NONE, null));
  }

  @Test
  void somebodyMayHaveMoreOrFewerWaitingThanTheSettingsSay() throws Exception {
    database().set(Map.of("maquette.queue.user-limit", "2"));
    createFor("a", Quota.AS_SET);
    createFor("a", Quota.AS_SET);
    assertThatThrownBy(() -> createFor("a", Quota.AS_SET))
        .isInstanceOf(TaskException.QueueFull.class);
    createFor("a", new Quota(3, null));
    assertThatThrownBy(() -> createFor("b", new Quota(0, null)))
        .isInstanceOf(TaskException.QueueFull.class);
  }

  @Test
  void aDayHasSoManyCreationsEvenIfTheyAreDeletedAndTheNextOneBeginsAnew() throws Exception {
    database().set(Map.of("maquette.quota.daily", "2"));
    Task first = createFor("a", Quota.AS_SET);
    createFor("a", Quota.AS_SET);
    database().run(heart -> heart.service().delete("a", first.id()));
    assertThatThrownBy(() -> createFor("a", Quota.AS_SET))
        .isInstanceOfSatisfying(
            TaskException.DailyLimit.class,
            e -> assertThat(e.retryAfter()).isBetween(Duration.ZERO, Duration.ofDays(1)));
    createFor("a", new Quota(null, 3));
    createFor("b", Quota.AS_SET);
    for (int i = 0; i < 3; i++) {
      create("the development user has no limit");
    }
    database().sql("update daily_creation set created_on = date '2020-01-01'");
    createFor("a", Quota.AS_SET);
    assertThat(forgetDaysBefore(LocalDate.EPOCH)).isZero();
    assertThat(forgetDaysBefore(LocalDate.of(2020, 1, 2))).isEqualTo(2);
  }

  private int forgetDaysBefore(LocalDate day) throws Exception {
    return database().call(heart -> heart.dailyCreations().forgetBefore(day));
  }

  @Test
  void aCreationThatIsRefusedCountsForNothing() throws Exception {
    database().set(Map.of("maquette.quota.daily", "2", "maquette.queue.user-limit", "1"));
    createFor("a", Quota.AS_SET);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> createFor("a", Quota.AS_SET))
          .isInstanceOf(TaskException.QueueFull.class);
    }
    createFor("a", new Quota(10, null));
    assertThatThrownBy(() -> createFor("a", new Quota(10, null)))
        .isInstanceOf(TaskException.DailyLimit.class);
  }

  @Test
  void creationsAtTheSameMomentAreAllCounted() throws Exception {
    createFor("a", Quota.AS_SET); // inserts the row of the day
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<Task> one = () -> createFor("a", new Quota(100, 4));
      List<Callable<Task>> creations = List.of(one, one, one, one, one, one);
      int made = 0;
      for (Future<Task> creation : threads.invokeAll(creations)) {
        try {
          creation.get();
          made++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TaskException.DailyLimit.class);
        }
      }
      assertThat(made).isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
  }
}
