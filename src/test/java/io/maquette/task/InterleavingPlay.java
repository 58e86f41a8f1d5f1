package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.push.ChangeScope;
import io.maquette.task.ExpectedTask.Call;
import io.maquette.task.Interleaving.Step;
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
import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Player that runs an interleaving on the real services and on {@link ExpectedTask}, and compares
 * the rows after every step. Workers run the same transactions as {@code ImageStep}, {@code
 * ModelSteps} and {@code Submissions}. Any other step may run between two of them.
 */
final class InterleavingPlay {

  private static final String OWNER = "dev";
  private static final int TASKS = 3;
  private static final int ROOM = 2;
  private static final List<String> NODES = List.of("node-1", "node-2");
  private static final List<String> PROVIDERS = List.of("one", "two");
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration OVER = Duration.ofNanos(1000);

  /** Phase of a worker thread's claim. */
  private enum Phase {
    FREE_TO_ASK,
    SUBMITTING,
    TOLD_TO_WAIT,
    DENIED,
    STEP_FAILED
  }

  private static final class Hand {
    final ExpectedTask task;
    TaskClaim claim;
    final int hold;
    Phase phase = Phase.FREE_TO_ASK;
    Call call;

    Hand(ExpectedTask task, TaskClaim claim) {
      this.task = task;
      this.claim = claim;
      this.hold = task.hold;
    }

    boolean isForPictures() {
      return claim.isForPictures();
    }

    Integer firstImage() {
      return claim.imageIndex().orElse(null);
    }

    boolean holds() {
      return !task.deleted && task.hold == hold;
    }
  }

  private final TaskDatabase database;
  private final List<ExpectedTask> tasks = new ArrayList<>();
  private final Map<UUID, ExpectedTask> byId = new HashMap<>();
  private final List<Hand> hands = new ArrayList<>();

  /** Applied results, which the player sends a second time. */
  private final List<TaskDatabase.Action> applied = new ArrayList<>();

  private final TreeSet<String> discarded = new TreeSet<>();
  private final Map<UUID, List<TaskEvent.Type>> told = new HashMap<>();
  private final Map<UUID, Long> fences = new HashMap<>();
  private final Map<UUID, Integer> holds = new HashMap<>();
  private final Map<UUID, TaskEvent> last = new HashMap<>();
  private long lastEvent;
  private int number;

  InterleavingPlay(TaskDatabase database) {
    this.database = database;
  }

  /** Plays the whole interleaving; fails at the first step after which the rows differ. */
  void play(Interleaving interleaving) throws Exception {
    lastEvent = database.<Long>call(heart -> heart.log().last());
    int step = 0;
    for (Step next : interleaving.steps()) {
      try {
        take(next);
        compare();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("after step " + step + ", " + next, e);
      }
      step++;
    }
  }

  private void take(Step step) throws Exception {
    switch (step.kind()) {
      case CREATE -> create();
      case SELECT -> select(task(step), step.how() % Task.IMAGE_COUNT);
      case CANCEL -> cancel(task(step));
      case RETRY_IMAGES -> retryImages(task(step));
      case RETRY_MODEL -> retryModel(task(step));
      case DELETE -> delete(task(step));
      case CLAIM_PICTURES -> claimPictures(node(step), 1 + step.how() % 2);
      case CLAIM_SUBMISSION ->
          claimSubmission(node(step), 1 + step.how() % 2, PROVIDERS.get(step.how() / 2 % 2));
      case CLAIM_POLLING -> claimPolling(node(step), 1 + step.how() % 2);
      case ASK ->
          withHand(step, hand -> hand.phase == Phase.FREE_TO_ASK && mayAsk(hand), this::ask);
      case ANSWER -> withHand(step, hand -> hand.phase == Phase.SUBMITTING, this::answer);
      case SETTLE -> withHand(step, hand -> hand.phase != Phase.SUBMITTING, this::settle);
      case POLL -> withHand(step, hand -> hand.claim instanceof PollClaim, this::poll);
      case CHANGE_PROVIDER ->
          withHand(
              step,
              hand -> !hand.isForPictures() && hand.phase != Phase.SUBMITTING,
              this::changeProvider);
      case REPEAT -> repeat(step);
      case ABANDON -> withHand(step, hand -> true, (hand, how) -> hands.remove(hand));
      case LEASE_ENDS -> leaseEnds(task(step));
      case NODE_RESTARTS -> restart(node(step));
      case NODE_STOPS -> stop(node(step));
      case SWEEP -> sweep();
    }
  }

  private interface HandWork {
    void with(Hand hand, int how) throws Exception;
  }

  private void withHand(Step step, Predicate<Hand> which, HandWork work) throws Exception {
    List<Hand> able = hands.stream().filter(which).toList();
    if (!able.isEmpty()) {
      work.with(able.get(step.who() % able.size()), step.how());
    }
  }

  private ExpectedTask task(Step step) {
    return tasks.isEmpty() ? null : tasks.get(step.who() % tasks.size());
  }

  private static String node(Step step) {
    return NODES.get(step.who() % NODES.size());
  }

  private void tells(ExpectedTask task, TaskEvent.Type... types) {
    told.computeIfAbsent(task.id, id -> new ArrayList<>()).addAll(Arrays.asList(types));
  }

  /** Returns a unique time that is before any clock. */
  private Instant now() {
    number++;
    return Instant.EPOCH.plusSeconds(number);
  }

  private Instant due(boolean now) {
    return now ? now() : Instant.parse("2999-01-01T00:00:00Z");
  }

  // Actions of users

  private void create() throws Exception {
    if (tasks.size() == TASKS) {
      if (tasks.stream().noneMatch(task -> task.deleted)) {
        return;
      }
      tasks.removeIf(task -> task.deleted);
    }
    Task made = database.call(heart -> heart.service().create(OWNER, "a task", null));
    ExpectedTask task = new ExpectedTask(made.id());
    tasks.add(task);
    byId.put(task.id, task);
    tells(task, TaskEvent.Type.STATUS_CHANGED);
  }

  /** Runs a user action: if it is not allowed, it must be refused without any change. */
  private boolean does(ExpectedTask task, boolean allowed, TaskDatabase.Action action)
      throws Exception {
    if (allowed) {
      database.run(action);
    } else {
      assertThatThrownBy(() -> database.run(action))
          .isInstanceOf(
              task.deleted ? TaskException.NotFound.class : TaskException.InvalidState.class);
    }
    return allowed;
  }

  private void select(ExpectedTask task, int index) throws Exception {
    if (task != null
        && does(
            task, task.maySelect(), heart -> heart.service().selectImage(OWNER, task.id, index))) {
      discarded.addAll(task.queuedForModel(index));
      tells(task, TaskEvent.Type.STATUS_CHANGED);
    }
  }

  private void cancel(ExpectedTask task) throws Exception {
    if (task == null) {
      return;
    }
    String open = task.isIn(TaskStatus.MODEL_GENERATING) ? task.job : null;
    if (does(task, task.isInProgress(), heart -> heart.service().cancel(OWNER, task.id))) {
      discarded.addAll(task.whatIsHeld());
      task.cancelled();
      tells(task, TaskEvent.Type.STATUS_CHANGED);
      assertThat(lastAnnounced().job())
          .isEqualTo(open == null ? null : new TaskClaim.Job(task.provider, open));
    }
  }

  private TaskChanged lastAnnounced() {
    return database.announced.get(database.announced.size() - 1);
  }

  private void retryImages(ExpectedTask task) throws Exception {
    if (task != null
        && does(
            task,
            task.isIn(TaskStatus.FAILED),
            heart -> heart.service().retryImages(OWNER, task.id))) {
      discarded.addAll(task.beganAgain());
      tells(task, TaskEvent.Type.STATUS_CHANGED);
    }
  }

  private void retryModel(ExpectedTask task) throws Exception {
    if (task != null
        && does(
            task,
            task.isIn(TaskStatus.FAILED) && task.maySelect() && task.selected != null,
            heart -> heart.service().retryModel(OWNER, task.id))) {
      discarded.addAll(task.queuedForModel(task.selected));
      tells(task, TaskEvent.Type.STATUS_CHANGED);
    }
  }

  private void delete(ExpectedTask task) throws Exception {
    if (task != null
        && does(task, !task.deleted, heart -> heart.service().delete(OWNER, task.id))) {
      discarded.addAll(task.whatIsHeld());
      discarded.addAll(task.allFiles());
      task.deleted = true;
      tells(task, TaskEvent.Type.DELETED);
    }
  }

  // Claims

  private List<ExpectedTask> claimable(TaskStatus status) {
    return tasks.stream().filter(task -> task.mayBeClaimed(status)).toList();
  }

  private void claimPictures(String node, int max) throws Exception {
    int begun = Math.min(max, claimable(TaskStatus.IMAGE_GENERATING).size());
    int waiting = claimable(TaskStatus.IMAGE_PENDING).size();
    List<ImageClaim> claims =
        database.call(node, heart -> heart.claims().claimForPictures(max, "pictures"));
    int givenUp = giveUp(TaskStatus.IMAGE_GENERATING, begun, claims);
    assertThat(claims).hasSize(begun - givenUp + Math.min(max - begun, waiting));
    for (ImageClaim claim : claims) {
      ExpectedTask task = byId.get(claim.taskId());
      take(task, claim, node, TaskStatus.IMAGE_PENDING, TaskStatus.IMAGE_GENERATING);
      assertThat(claim.missingImages())
          .isEqualTo(
              IntStream.range(0, Task.IMAGE_COUNT)
                  .filter(index -> !task.images.containsKey(index))
                  .boxed()
                  .toList());
    }
  }

  private void claimSubmission(String node, int max, String provider) throws Exception {
    long room = Math.max(0, Math.min(max, ROOM - openAt(provider)));
    long expected = Math.min(room, claimable(TaskStatus.MODEL_PENDING).size());
    List<ModelClaim> claims =
        database.call(node, heart -> heart.claims().claimForSubmission(max, provider, ROOM));
    assertThat((long) claims.size()).isEqualTo(expected);
    for (ModelClaim claim : claims) {
      ExpectedTask task = byId.get(claim.taskId());
      task.provider = provider;
      take(task, claim, node, TaskStatus.MODEL_PENDING, TaskStatus.MODEL_GENERATING);
      assertThat(claim.provider()).isEqualTo(provider);
    }
  }

  private long openAt(String provider) {
    return tasks.stream()
        .filter(task -> task.isIn(TaskStatus.MODEL_GENERATING))
        .filter(task -> provider.equals(task.provider))
        .count();
  }

  private void claimPolling(String node, int max) throws Exception {
    int looked = Math.min(max, claimable(TaskStatus.MODEL_GENERATING).size());
    List<TaskClaim> claims = database.call(node, heart -> heart.claims().claimForPolling(max));
    int givenUp = giveUp(TaskStatus.MODEL_GENERATING, looked, claims);
    assertThat(claims).hasSize(looked - givenUp);
    for (TaskClaim claim : claims) {
      ExpectedTask task = byId.get(claim.taskId());
      take(task, claim, node, TaskStatus.MODEL_PENDING, TaskStatus.MODEL_GENERATING);
      assertThat(claim instanceof PollClaim).isEqualTo(task.job != null);
      if (claim instanceof PollClaim poll) {
        assertThat(poll.job()).isEqualTo(new TaskClaim.Job(task.provider, task.job));
      }
    }
  }

  /**
   * Fails the poison tasks among the rows that the claim looked at. The other claims determine
   * which rows those were.
   */
  private int giveUp(TaskStatus status, int looked, List<? extends TaskClaim> claims) {
    List<UUID> claimed = claims.stream().<UUID>map(TaskClaim::taskId).toList();
    long kept = claimed.stream().filter(id -> byId.get(id).status == status).count();
    List<ExpectedTask> poison =
        claimable(status).stream()
            .filter(task -> task.leasedBy != null)
            .filter(task -> task.abandoned + 1 >= Task.ABANDONED_LIMIT)
            .filter(task -> !claimed.contains(task.id))
            .limit(looked - kept)
            .toList();
    for (ExpectedTask task : poison) {
      discarded.addAll(task.whatIsHeld());
      task.failed();
      tells(task, TaskEvent.Type.WORK_RESUMED, TaskEvent.Type.STATUS_CHANGED);
    }
    return poison.size();
  }

  private void take(
      ExpectedTask task, TaskClaim claim, String node, TaskStatus waiting, TaskStatus working) {
    assertThat(task.due).as("%s is due", task.id).isTrue();
    assertThat(task.isIn(waiting, working)).isTrue();
    if (task.status == waiting) {
      tells(task, TaskEvent.Type.STATUS_CHANGED);
    } else if (task.leasedBy != null) {
      discarded.addAll(task.whatIsHeld());
      task.abandoned++;
      assertThat(task.abandoned).isLessThan(Task.ABANDONED_LIMIT);
      tells(task, TaskEvent.Type.WORK_RESUMED);
    }
    task.claimed(node, working);
    task.scope = claim.storeScope() + "/";
    assertThat(claim.failedAttempts()).isEqualTo(task.failedAttempts);
    Hand hand = new Hand(task, claim);
    if (claim.reserved().isPresent()) {
      hand.call = new Call(claim.reserved().get().call(), hand.firstImage(), task.run, false);
      hand.phase = Phase.SUBMITTING;
      task.calls.add(hand.call);
    }
    hands.add(hand);
  }

  // Steps of workers

  private boolean mayAsk(Hand hand) {
    return !(hand.claim instanceof PollClaim);
  }

  /** Applies a result; if the claim is outdated, it must be refused without any change. */
  private boolean brings(Hand hand, TaskDatabase.Action action) throws Exception {
    boolean holds = hand.holds();
    if (holds) {
      database.run(action);
      applied.add(action);
    } else {
      assertThatThrownBy(() -> database.run(action)).isInstanceOf(StaleClaimException.class);
      hands.remove(hand);
    }
    return holds;
  }

  private void ask(Hand hand, int how) throws Exception {
    Duration grace = how % 6 == 0 ? Duration.ZERO : how % 6 == 1 ? LONG : OVER;
    Integer image = hand.firstImage();
    String provider = hand.claim.modelProvider().orElse("pictures");
    TaskDatabase.Work<SubmissionDecision> asking =
        heart -> heart.ledger().submit(hand.claim, provider, grace, true);
    if (!hand.holds()) {
      assertThatThrownBy(() -> database.call(asking)).isInstanceOf(StaleClaimException.class);
      hands.remove(hand);
      return;
    }
    ExpectedTask task = hand.task;
    List<Call> earlier = task.earlier(image);
    Call before = earlier.isEmpty() ? null : earlier.get(earlier.size() - 1);
    if (before != null && before.outcome == ProviderCall.Outcome.SUBMITTING) {
      before.outcome = ProviderCall.Outcome.UNKNOWN;
    }
    boolean unknown = before != null && before.outcome == ProviderCall.Outcome.UNKNOWN;
    long unknowns = earlier.stream().filter(c -> c.outcome == ProviderCall.Outcome.UNKNOWN).count();
    SubmissionDecision permit = database.call(asking);
    if (unknown && grace.equals(LONG)) {
      assertThat(permit).isInstanceOf(SubmissionDecision.Later.class);
      hand.phase = Phase.TOLD_TO_WAIT;
    } else if (unknown && !grace.isZero() && unknowns >= ExpectedTask.UNKNOWN_LIMIT) {
      assertThat(permit).isInstanceOf(SubmissionDecision.Denied.class);
      hand.phase = Phase.DENIED;
    } else {
      assertThat(permit).isInstanceOf(SubmissionDecision.Granted.class);
      hand.call =
          new Call(((SubmissionDecision.Granted) permit).call(), image, task.run, before != null);
      task.calls.add(hand.call);
      hand.phase = Phase.SUBMITTING;
      if (unknown) {
        tells(task, TaskEvent.Type.SUBMITTED_AGAIN);
      }
    }
  }

  private void answer(Hand hand, int how) throws Exception {
    Call call = hand.call;
    switch (how % 10) {
      case 0 -> {
        database.run(heart -> heart.ledger().recordRefused(call.id, "UNAVAILABLE", "not now"));
        call.outcome = ProviderCall.Outcome.REFUSED;
        hand.phase = Phase.STEP_FAILED;
      }
      case 1 -> {
        database.run(heart -> heart.ledger().recordUnknown(call.id, "SocketTimeoutException"));
        call.outcome = ProviderCall.Outcome.UNKNOWN;
        hand.phase = Phase.STEP_FAILED;
      }
      case 2 -> {
        database.run(
            heart -> heart.ledger().recordAccepted(new AcceptedSubmission(call.id, null, null)));
        call.outcome = ProviderCall.Outcome.ACCEPTED;
        hand.phase = Phase.STEP_FAILED;
      }
      default -> {
        if (hand.isForPictures()) {
          picture(hand, call);
        } else {
          submitted(hand, call, how % 10 > 5);
        }
      }
    }
  }

  private void picture(Hand hand, Call call) throws Exception {
    ImageClaim claim = (ImageClaim) hand.claim;
    String key = claim.storeScope() + "/" + number++;
    int image = call.image;
    call.outcome = ProviderCall.Outcome.ACCEPTED;
    List<ImageClaim> next = new ArrayList<>();
    if (!brings(
        hand,
        heart ->
            heart
                .results()
                .apply(
                    new ImageStored(
                        claim,
                        new AcceptedSubmission(call.id, null, null),
                        claim.newImage("v", null, Tasks.file(key)),
                        Optional.empty()))
                .ifPresent(next::add))) {
      late(call, null);
      return;
    }
    ExpectedTask task = hand.task;
    task.images.put(image, key);
    task.failedAttempts = 0;
    task.abandoned = 0;
    task.due = false; // the lease was extended
    tells(task, TaskEvent.Type.IMAGE_STORED);
    hand.phase = Phase.FREE_TO_ASK;
    if (task.images.size() == Task.IMAGE_COUNT) {
      task.left(TaskStatus.IMAGE_COMPLETED);
      tells(task, TaskEvent.Type.STATUS_CHANGED);
      hands.remove(hand);
    } else {
      hand.claim = next.get(0);
    }
  }

  private void submitted(Hand hand, Call call, boolean dueNow) throws Exception {
    String job = "job-" + call.id;
    Instant due = due(dueNow);
    call.outcome = ProviderCall.Outcome.ACCEPTED;
    call.job = job;
    if (!brings(
        hand,
        heart ->
            heart
                .results()
                .apply(
                    new ModelSubmitted(
                        (ModelClaim) hand.claim,
                        new AcceptedSubmission(call.id, job, "request"),
                        due,
                        hand.claim.startedAt())))) {
      late(call, job);
      return;
    }
    hand.task.job = job;
    hand.task.released(dueNow);
    tells(hand.task, TaskEvent.Type.MODEL_SUBMITTED);
    hands.remove(hand);
  }

  private void late(Call call, String job) throws Exception {
    database.run(heart -> heart.ledger().recordLate(new AcceptedSubmission(call.id, job, null)));
    call.late = true;
  }

  private void settle(Hand hand, int how) throws Exception {
    ExpectedTask task = hand.task;
    boolean dueNow = how % 2 == 0;
    Instant due = due(dueNow);
    if (hand.phase == Phase.TOLD_TO_WAIT || how % 8 < 3) {
      if (brings(hand, heart -> heart.results().apply(new Postponed(hand.claim, due)))) {
        task.released(dueNow);
      }
    } else if (hand.phase == Phase.DENIED || how % 8 == 3) {
      if (brings(
          hand,
          heart ->
              heart.results().apply(new Failed(hand.claim, FailureCode.PROVIDER_REFUSED, "no")))) {
        task.failed();
        tells(task, TaskEvent.Type.STATUS_CHANGED);
      }
    } else if (brings(
        hand,
        heart ->
            heart
                .results()
                .apply(
                    new AttemptFailed(
                        hand.claim, FailureCode.PROVIDER_UNAVAILABLE, "later", due)))) {
      task.failedAttempts++;
      if (task.status == TaskStatus.MODEL_GENERATING) {
        task.forgotJob();
      }
      task.released(dueNow);
      tells(task, TaskEvent.Type.ATTEMPT_FAILED);
    }
    hands.remove(hand);
  }

  private void poll(Hand hand, int how) throws Exception {
    ExpectedTask task = hand.task;
    boolean dueNow = how % 3 > 0;
    Instant due = due(dueNow);
    int percent = how * 100 / 120;
    if (how % 4 < 3) {
      ModelStatus to = how % 4 == 0 ? ModelStatus.PENDING : ModelStatus.GENERATING;
      if (brings(
          hand,
          heart ->
              heart.results().apply(TaskResult.ofPoll((PollClaim) hand.claim, to, percent, due)))) {
        int grown = Math.max(task.progress, percent);
        if (task.model != to || task.progress != grown) {
          tells(task, TaskEvent.Type.MODEL_PROGRESSED);
        }
        task.model = to;
        task.progress = grown;
        task.released(dueNow);
      }
    } else {
      String key = hand.claim.storeScope() + "/model-" + number++;
      if (brings(
          hand,
          heart ->
              heart
                  .results()
                  .apply(
                      new ModelCompleted(
                          (PollClaim) hand.claim,
                          Tasks.modelFile(key),
                          Optional.of(BigDecimal.TEN))))) {
        task.model = ModelStatus.COMPLETED;
        task.progress = 100;
        task.modelFiles.add(key);
        task.left(TaskStatus.MODEL_COMPLETED);
        tells(task, TaskEvent.Type.STATUS_CHANGED);
      }
    }
    hands.remove(hand);
  }

  private void changeProvider(Hand hand, int how) throws Exception {
    ExpectedTask task = hand.task;
    String to =
        PROVIDERS.get(hand.claim.modelProvider().orElseThrow().equals(PROVIDERS.get(0)) ? 1 : 0);
    long open = openAt(to);
    boolean[] moved = new boolean[1];
    if (brings(
        hand, heart -> moved[0] = heart.claims().changeProvider(hand.claim, to, ROOM, "is down"))) {
      assertThat(moved[0]).isEqualTo(open < ROOM);
      if (moved[0]) {
        task.forgotJob();
        task.provider = to;
        task.failedAttempts = 0;
        task.released(true);
        tells(task, TaskEvent.Type.PROVIDER_CHANGED);
        hands.remove(hand);
      } else {
        applied.remove(applied.size() - 1);
      }
    }
  }

  /** Sends a result a second time; nothing may be applied twice. */
  private void repeat(Step step) {
    if (!applied.isEmpty()) {
      TaskDatabase.Action again = applied.get(step.who() % applied.size());
      assertThatThrownBy(() -> database.run(again))
          .isInstanceOfAny(StaleClaimException.class, PersistenceException.class);
    }
  }

  // Leases, nodes and files

  private void leaseEnds(ExpectedTask task) throws Exception {
    if (task != null && task.isInProgress() && !task.due) {
      database.sql(
          "update task set due_at = timestamp with time zone '%s', version = version + 1 where id = '%s'"
              .formatted(now(), task.id));
      task.due = true;
    }
  }

  private void restart(String node) throws Exception {
    int held = 0;
    for (ExpectedTask task : tasks) {
      if (!task.deleted && node.equals(task.leasedBy)) {
        task.due = true;
        held++;
      }
    }
    assertThat(database.leases(new LocalNode(node, false)).endLeftovers()).isEqualTo(held);
  }

  private void stop(String node) throws Exception {
    int held = 0;
    for (ExpectedTask task : tasks) {
      if (!task.deleted && node.equals(task.leasedBy)) {
        discarded.addAll(task.whatIsHeld());
        task.released(true);
        held++;
      }
    }
    assertThat(database.leases(new LocalNode(node, false)).giveBack()).isEqualTo(held);
  }

  private void sweep() throws Exception {
    List<String> keys = database.call(heart -> heart.discarded().oldest(200));
    assertThat(keys).containsExactlyInAnyOrderElementsOf(discarded);
    database.run(heart -> heart.discarded().deleted(keys));
    discarded.clear();
  }

  // What must hold after every step

  private void compare() throws Exception {
    Map<UUID, ExpectedTask> there = new LinkedHashMap<>();
    tasks.stream().filter(task -> !task.deleted).forEach(task -> there.put(task.id, task));
    List<UUID> all = tasks.stream().map(task -> task.id).toList();
    database.run(
        heart -> {
          List<Task> rows = all.isEmpty() ? List.of() : heart.queries().findAll(OWNER, all);
          assertThat(rows).extracting(Task::id).hasSameElementsAs(there.keySet());
          rows.forEach(row -> compare(row, there.get(row.id())));
          heart.log().read(ChangeScope.ALL, lastEvent, List.of(), 100).forEach(this::hear);
          assertThat(told.values()).as("not told").allMatch(List::isEmpty);
          assertThat(heart.discarded().oldest(200)).hasSameElementsAs(discarded);
          Map<UUID, List<ProviderCall>> calls =
              heart
                  .entities()
                  .createQuery("select c from ProviderCall c order by c.id", ProviderCall.class)
                  .getResultStream()
                  .collect(Collectors.groupingBy(ProviderCall::taskId));
          tasks.forEach(task -> compare(calls.getOrDefault(task.id, List.of()), task));
        });
  }

  private void compare(Task row, ExpectedTask expected) {
    assertThat(described(row)).isEqualTo(expected.row());
    long fence = row.fence();
    long before = fences.getOrDefault(row.id(), -1L);
    if (holds.getOrDefault(row.id(), -1) == expected.hold) {
      assertThat(fence).as("fence").isEqualTo(before);
    } else {
      assertThat(fence).as("fence").isGreaterThan(before);
    }
    fences.put(row.id(), fence);
    holds.put(row.id(), expected.hold);
  }

  private static String described(Task row) {
    TaskModel model = row.model().orElse(null);
    Map<Integer, String> images = new LinkedHashMap<>();
    row.images().forEach(image -> images.put(image.index(), image.file().key()));
    return String.join(
        " ",
        List.of(
            String.valueOf(row.status()),
            String.valueOf(row.failedStage()),
            "selected " + row.selectedImageIndex(),
            "pictures " + images,
            model == null
                ? "model null 0% null null []"
                : "model %s %s%% %s %s %s"
                    .formatted(
                        model.status(),
                        model.progress(),
                        model.provider(),
                        model.apiTaskId(),
                        model.files().map(FileRef::key).toList()),
            "failed " + row.failedAttempts(),
            "held by " + row.leasedBy(),
            row.dueAt() != null ? "due" : "not due"));
  }

  /**
   * Checks a new history row: it was expected, continues the previous row and is a legal
   * transition.
   */
  private void hear(TaskEvent event) {
    ExpectedTask task = byId.get(event.taskId());
    List<TaskEvent.Type> expected = told.getOrDefault(event.taskId(), List.of());
    assertThat(expected).as("%s was to be told", event.type()).isNotEmpty();
    assertThat(event.type()).isEqualTo(expected.remove(0));
    TaskEvent before = last.put(event.taskId(), event);
    Histories.assertGoesOn(before, event);
    if (expected.isEmpty() && event.type() != TaskEvent.Type.DELETED) {
      assertThat(event.to()).as("the history says what the row says").isEqualTo(task.status);
    }
    lastEvent = event.id();
  }

  private static void compare(List<ProviderCall> rows, ExpectedTask task) {
    assertThat(rows).hasSameSizeAs(task.calls);
    for (int i = 0; i < rows.size(); i++) {
      ProviderCall row = rows.get(i);
      Call call = task.calls.get(i);
      assertThat(row.id()).isEqualTo(call.id);
      assertThat(row.outcome()).as("call %s", call.id).isEqualTo(call.outcome);
      assertThat(row.isLate()).isEqualTo(call.late);
      assertThat(row.jobId()).isEqualTo(call.job);
      assertThat(row.reason() != null).as("reason of call %s", call.id).isEqualTo(call.again);
    }
  }
}
