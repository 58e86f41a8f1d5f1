package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.SubmissionDecision;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Test of concurrent users, workers of two nodes, ending leases and restarting nodes, on a few
 * tasks of a real PostgreSQL. Each thread records the answers that it received; in the end the rows
 * must agree with them.
 */
@Tag("fault")
class RacesTest {

  private static final Logger LOG = Logger.getLogger(RacesTest.class.getName());

  private static final String OWNER = "dev";
  private static final int TASKS = 6;
  private static final int ROOM = 3;
  private static final List<String> NODES = List.of("node-1", "node-2");
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** Waiting time after a submission with unknown outcome. */
  private static final Duration GRACE = Duration.ofMillis(20);

  /** Last answer that a thread received about a submission. */
  private record Answer(ProviderCall.Outcome outcome, boolean late) {}

  /** Submissions for one picture or model since its stage started. */
  private record Wanted(UUID task, Integer image, Instant begun) {}

  private interface Turn {
    void take(SplittableRandom random) throws Exception;
  }

  private final List<UUID> tasks = new CopyOnWriteArrayList<>();
  private final Set<UUID> deleted = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Map<String, LongAdder>> done = new ConcurrentHashMap<>();
  private final Map<Long, Answer> answers = new ConcurrentHashMap<>();
  private final Map<Long, Wanted> submissions = new ConcurrentHashMap<>();
  private final Map<UUID, Set<Long>> fences = new ConcurrentHashMap<>();
  private final Set<String> store = ConcurrentHashMap.newKeySet();
  private final AtomicLong number = new AtomicLong();
  private final LongAdder turns = new LongAdder();
  private TaskDatabase database;

  @Test
  void the_rows_match_every_answer_after_concurrent_changes() throws Exception {
    try (EmbeddedPostgres server = InterleavingsTest.quickPostgres()) {
      JdbcConnectionPool pool = InterleavingsTest.pool(server);
      try (TaskDatabase opened = new TaskDatabase(pool)) {
        database = opened;
        race();
        database.run(this::audit);
      } finally {
        pool.dispose();
      }
    }
  }

  private void race() throws Exception {
    for (int i = 0; i < TASKS; i++) {
      create();
    }
    Duration time = Duration.parse(System.getProperty("interleavings", SHORT.toString()));
    long seed = System.currentTimeMillis();
    long end = System.nanoTime() + time.toNanos();
    List<Turn> turnsOfAll = new ArrayList<>();
    turnsOfAll.add(this::person);
    turnsOfAll.add(this::person);
    for (String node : NODES) {
      turnsOfAll.add(random -> pictures(node, random));
      turnsOfAll.add(random -> pictures(node, random));
      turnsOfAll.add(random -> models(node, random));
      turnsOfAll.add(random -> models(node, random));
    }
    turnsOfAll.add(this::machine);
    ExecutorService threads = Executors.newFixedThreadPool(turnsOfAll.size());
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (Turn turn : turnsOfAll) {
        SplittableRandom random = new SplittableRandom(seed + all.size());
        all.add(
            () -> {
              while (System.nanoTime() - end < 0) {
                turn.take(random);
                turns.increment();
              }
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    LOG.info(
        () ->
            "%d interleavings, of %d submissions %d late and %d of unknown outcome, %d tasks"
                .formatted(
                    turns.sum(),
                    answers.size(),
                    answers.values().stream().filter(Answer::late).count(),
                    submissions.size() - answers.size(),
                    done.size()));
  }

  private void did(UUID task, String what) {
    done.computeIfAbsent(task, id -> new ConcurrentHashMap<>())
        .computeIfAbsent(what, key -> new LongAdder())
        .increment();
  }

  private long times(UUID task, String what) {
    LongAdder count = done.getOrDefault(task, Map.of()).get(what);
    return count == null ? 0 : count.sum();
  }

  // Actions of users

  private void create() throws Exception {
    Task task = database.call(heart -> heart.service().create(OWNER, "raced for", null));
    did(task.id(), "IMAGE_PENDING");
    tasks.add(task.id());
  }

  private void person(SplittableRandom random) throws Exception {
    UUID id = tasks.get(random.nextInt(tasks.size()));
    try {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> {
          int index = random.nextInt(Task.IMAGE_COUNT);
          database.run(heart -> heart.service().selectImage(OWNER, id, index));
          did(id, "MODEL_PENDING");
        }
        case 5 -> {
          database.run(heart -> heart.service().cancel(OWNER, id));
          did(id, "CANCELLED");
        }
        case 6, 7 -> {
          database.run(heart -> heart.service().retryModel(OWNER, id));
          did(id, "MODEL_PENDING");
        }
        case 8 -> {
          database.run(heart -> heart.service().retryImages(OWNER, id));
          did(id, "IMAGE_PENDING");
        }
        default -> {
          if (database.call(heart -> heart.queries().find(OWNER, id)).status()
                  == TaskStatus.CANCELLED
              || random.nextInt(40) == 0) {
            database.run(heart -> heart.service().delete(OWNER, id));
            assertThat(deleted.add(id)).isTrue();
            tasks.remove(id);
            create();
          }
        }
      }
    } catch (TaskException.InvalidState | TaskException.NotFound e) {
      pause(random); // refused without any change
    }
  }

  private static void pause(SplittableRandom random) {
    LockSupport.parkNanos(random.nextInt(3_000_000));
  }

  // Workers, with the transactions of ImageStep and ModelSteps

  private void pictures(String node, SplittableRandom random) throws Exception {
    for (ImageClaim claim :
        database.call(node, heart -> heart.claims().claimForPictures(1, "pictures"))) {
      claimed(claim);
      try {
        Optional<ImageClaim> next = Optional.of(claim);
        while (next.isPresent()) {
          next = picture(node, next.get(), random);
        }
      } catch (StaleClaimException e) {
        did(claim.taskId(), "refused");
      }
    }
    pause(random);
  }

  private void claimed(TaskClaim claim) {
    Set<Long> earlier = fences.computeIfAbsent(claim.taskId(), id -> ConcurrentHashMap.newKeySet());
    assertThat(earlier.add(claim.fence())).as("nobody else has this fence").isTrue();
    claim.reserved().ifPresent(reserved -> submissions.put(reserved.call(), wanted(claim)));
  }

  private static Wanted wanted(TaskClaim claim) {
    return new Wanted(claim.taskId(), claim.imageIndex().orElse(null), claim.startedAt());
  }

  /** Makes one picture; returns the claim as it continues. */
  private Optional<ImageClaim> picture(String node, ImageClaim claim, SplittableRandom random)
      throws Exception {
    Long call = ask(node, claim, "pictures", random);
    if (call == null) {
      return Optional.empty();
    }
    pause(random);
    if (!isAnswered(node, claim, call, random)) {
      return Optional.empty();
    }
    String key = claim.storeScope() + "/" + number.incrementAndGet();
    store.add(key);
    try {
      Optional<ImageClaim> next =
          database.call(
              node,
              heart ->
                  heart
                      .results()
                      .apply(
                          new ImageStored(
                              claim,
                              new AcceptedSubmission(call, null, null),
                              claim.newImage("v", null, Tasks.file(key)),
                              Optional.empty())));
      answers.put(call, new Answer(ProviderCall.Outcome.ACCEPTED, false));
      did(claim.taskId(), "IMAGE_STORED");
      return next;
    } catch (StaleClaimException e) {
      late(node, call, null);
      store.remove(key);
      throw e;
    }
  }

  private void late(String node, long call, String job) throws Exception {
    run(node, heart -> heart.ledger().recordLate(new AcceptedSubmission(call, job, null)));
    answers.put(call, new Answer(ProviderCall.Outcome.ACCEPTED, true));
  }

  private void run(String node, TaskDatabase.Action action) throws Exception {
    database.call(
        node,
        heart -> {
          action.in(heart);
          return null;
        });
  }

  private Long ask(String node, TaskClaim claim, String provider, SplittableRandom random)
      throws Exception {
    if (claim.reserved().isPresent()) {
      return claim.reserved().get().call();
    }
    SubmissionDecision permit =
        database.call(node, heart -> heart.ledger().submit(claim, provider, GRACE, true));
    if (permit instanceof SubmissionDecision.Granted granted) {
      submissions.put(granted.call(), wanted(claim));
      return granted.call();
    }
    if (permit instanceof SubmissionDecision.Later later) {
      run(node, heart -> heart.results().apply(new Postponed(claim, later.until())));
    } else {
      fail(node, claim);
    }
    pause(random);
    return null;
  }

  /**
   * Returns whether the provider accepted the submission; a refusal or an unknown outcome ends the
   * step.
   */
  private boolean isAnswered(String node, TaskClaim claim, long call, SplittableRandom random)
      throws Exception {
    int what = random.nextInt(20);
    if (what == 0) {
      return false; // the node ends before the answer
    }
    if (what == 1) {
      run(node, heart -> heart.ledger().recordRefused(call, "UNAVAILABLE", "not now"));
      answers.put(call, new Answer(ProviderCall.Outcome.REFUSED, false));
      stepFailed(node, claim, random);
      return false;
    }
    if (what == 2) {
      run(node, heart -> heart.ledger().recordUnknown(call, "SocketTimeoutException"));
      stepFailed(node, claim, random);
      return false;
    }
    if (what < 6) {
      LockSupport.parkNanos(random.nextInt(60_000_000)); // long enough to lose the lease
    }
    return true;
  }

  private void stepFailed(String node, TaskClaim claim, SplittableRandom random) throws Exception {
    if (random.nextInt(3) == 0) {
      run(node, heart -> heart.discarded().leftBy(claim));
    }
    if (random.nextInt(3) == 0) {
      fail(node, claim);
    } else {
      run(
          node,
          heart ->
              heart
                  .results()
                  .apply(
                      new AttemptFailed(
                          claim, FailureCode.PROVIDER_UNAVAILABLE, "later", Instant.EPOCH)));
      did(claim.taskId(), "ATTEMPT_FAILED");
    }
  }

  private void fail(String node, TaskClaim claim) throws Exception {
    run(
        node,
        heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    did(claim.taskId(), "FAILED");
  }

  private void models(String node, SplittableRandom random) throws Exception {
    List<? extends TaskClaim> claims =
        random.nextBoolean()
            ? database.call(node, heart -> heart.claims().claimForSubmission(1, "one", ROOM))
            : database.call(node, heart -> heart.claims().claimForPolling(1));
    for (TaskClaim claim : claims) {
      claimed(claim);
      try {
        if (claim instanceof ModelClaim model) {
          submit(node, model, random);
        } else {
          poll(node, (PollClaim) claim, random);
        }
      } catch (StaleClaimException e) {
        did(claim.taskId(), "refused");
      }
    }
    pause(random);
  }

  private void submit(String node, ModelClaim claim, SplittableRandom random) throws Exception {
    Long call = ask(node, claim, claim.provider(), random);
    if (call == null) {
      return;
    }
    pause(random);
    if (!isAnswered(node, claim, call, random)) {
      return;
    }
    String job = "job-" + call;
    try {
      run(
          node,
          heart ->
              heart
                  .results()
                  .apply(
                      new ModelSubmitted(
                          claim,
                          new AcceptedSubmission(call, job, "request"),
                          Instant.EPOCH,
                          claim.startedAt())));
      answers.put(call, new Answer(ProviderCall.Outcome.ACCEPTED, false));
      did(claim.taskId(), "MODEL_SUBMITTED");
    } catch (StaleClaimException e) {
      late(node, call, job);
      run(node, heart -> heart.ledger().recordCancelled(new TaskClaim.Job("one", job), "STOPPED"));
      throw e;
    }
  }

  private void poll(String node, PollClaim claim, SplittableRandom random) throws Exception {
    pause(random);
    int what = random.nextInt(12);
    if (what < 6) {
      int percent = random.nextInt(100);
      run(
          node,
          heart ->
              heart
                  .results()
                  .apply(TaskResult.ofPoll(claim, ModelStatus.GENERATING, percent, Instant.EPOCH)));
    } else if (what < 8) {
      run(node, heart -> heart.results().apply(new Postponed(claim, Instant.EPOCH)));
    } else if (what == 8) {
      stepFailed(node, claim, random);
    } else if (what == 9) {
      did(claim.taskId(), "left behind");
    } else {
      String key = claim.storeScope() + "/model-" + number.incrementAndGet();
      store.add(key);
      try {
        run(
            node,
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelCompleted(
                            claim, Tasks.modelFile(key), Optional.of(BigDecimal.TEN))));
        did(claim.taskId(), "MODEL_COMPLETED");
      } catch (StaleClaimException e) {
        store.remove(key);
        throw e;
      }
    }
  }

  // Ending leases, restarting and stopping nodes, deletion of discarded files

  private void machine(SplittableRandom random) throws Exception {
    String node = NODES.get(random.nextInt(NODES.size()));
    switch (random.nextInt(12)) {
      case 0 -> database.leases(new LocalNode(node, false)).endLeftovers();
      case 1 -> database.leases(new LocalNode(node, false)).giveBack();
      case 2 -> database.leases(new LocalNode("node-3", false)).endThoseOf(node);
      case 3 -> sweep();
      default ->
          database.sql(
              "update task set due_at = current_timestamp, version = version + 1"
                  + " where due_at is not null and id = '%s'"
                      .formatted(tasks.get(random.nextInt(tasks.size()))));
    }
    LockSupport.parkNanos(random.nextInt(20_000_000));
  }

  /** Deletes discarded files like FileSweeper. */
  private void sweep() throws Exception {
    List<String> keys = database.call(heart -> heart.discarded().oldest(200));
    for (String key : keys) {
      if (key.endsWith("/")) {
        List<String> stored = store.stream().filter(file -> file.startsWith(key)).toList();
        store.removeAll(database.<List<String>>call(heart -> heart.discarded().unneeded(stored)));
      } else {
        store.remove(key);
      }
    }
    database.run(heart -> heart.discarded().deleted(keys));
  }

  // What must hold in the end

  private void audit(TaskDatabase.Heart heart) {
    Map<UUID, List<TaskEvent>> histories =
        heart
            .entities()
            .createQuery("select e from TaskEvent e order by e.id", TaskEvent.class)
            .getResultStream()
            .collect(Collectors.groupingBy(TaskEvent::taskId));
    List<ProviderCall> calls =
        heart
            .entities()
            .createQuery("select c from ProviderCall c order by c.id", ProviderCall.class)
            .getResultList();
    Set<String> needed = new HashSet<>();
    assertThat(done.keySet()).hasSize(tasks.size() + deleted.size());
    for (UUID id : deleted) {
      assertThat(histories.get(id))
          .extracting(TaskEvent::type)
          .containsExactly(TaskEvent.Type.DELETED);
    }
    for (UUID id : tasks) {
      Task task = heart.queries().find(OWNER, id);
      Histories.assertLegalWalk(histories.get(id), task.status());
      assertNothingIsLost(id, histories.get(id));
      assertThat(task.leasedBy() == null || task.status().isInProgress()).isTrue();
      task.images().forEach(image -> needed.add(image.file().key()));
      task.model().stream().flatMap(TaskModel::files).forEach(file -> needed.add(file.key()));
    }
    assertFiles(needed, heart.discarded().oldest(100_000));
    assertLedger(calls);
  }

  private void assertFiles(Set<String> needed, List<String> discarded) {
    assertThat(store).as("no row without its file").containsAll(needed);
    assertThat(discarded).as("nothing that is needed is let go").noneMatch(needed::contains);
    assertThat(store)
        .as("no file without a row")
        .allMatch(
            file ->
                needed.contains(file)
                    || discarded.contains(file)
                    || discarded.contains(file.substring(0, file.lastIndexOf('/') + 1)));
  }

  /** Checks that the history contains each action exactly as often as it happened. */
  private void assertNothingIsLost(UUID id, List<TaskEvent> history) {
    Map<String, Long> told =
        history.stream()
            .collect(Collectors.groupingBy(RacesTest::what, HashMap::new, Collectors.counting()));
    for (String what :
        List.of(
            "IMAGE_PENDING",
            "IMAGE_STORED",
            "MODEL_PENDING",
            "MODEL_SUBMITTED",
            "MODEL_COMPLETED",
            "ATTEMPT_FAILED",
            "CANCELLED",
            "FAILED")) {
      assertThat(told.getOrDefault(what, 0L)).as(what + " of " + id).isEqualTo(times(id, what));
    }
  }

  private static String what(TaskEvent event) {
    if (event.type() != TaskEvent.Type.STATUS_CHANGED) {
      return event.type().name();
    }
    boolean poison = event.detail() != null && event.detail().contains("left half done");
    return poison ? "given up by whoever claimed it" : event.to().name();
  }

  private void assertLedger(List<ProviderCall> calls) {
    assertThat(calls)
        .extracting(ProviderCall::id)
        .containsExactlyInAnyOrderElementsOf(submissions.keySet());
    Map<Wanted, List<ProviderCall>> byWish =
        calls.stream().collect(Collectors.groupingBy(call -> submissions.get(call.id())));
    byWish.values().forEach(RacesTest::assertSubmittedForAReason);
    for (ProviderCall call : calls) {
      Answer answer = answers.get(call.id());
      if (answer == null) {
        assertThat(call.outcome())
            .isIn(ProviderCall.Outcome.SUBMITTING, ProviderCall.Outcome.UNKNOWN);
      } else {
        assertThat(new Answer(call.outcome(), call.isLate()))
            .as("call %s of %s", call.id(), call.taskId())
            .isEqualTo(answer);
      }
    }
  }

  private static void assertSubmittedForAReason(List<ProviderCall> calls) {
    assertThat(calls.get(0).reason()).isNull();
    assertThat(calls.subList(1, calls.size())).allMatch(call -> call.reason() != null);
    assertThat(calls)
        .as("under way at the same time")
        .filteredOn(call -> call.outcome() == ProviderCall.Outcome.SUBMITTING)
        .hasSizeLessThanOrEqualTo(1);
    assertThat(calls)
        .filteredOn(call -> call.outcome() == ProviderCall.Outcome.UNKNOWN)
        .hasSizeLessThanOrEqualTo(ExpectedTask.UNKNOWN_LIMIT);
  }
}
