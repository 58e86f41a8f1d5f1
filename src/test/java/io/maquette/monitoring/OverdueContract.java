package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskStatus;
import io.maquette.task.Tasks;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.wait.OverdueTask;
import io.maquette.task.wait.WaitReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of the overdue monitor's queries, for every database. */
public abstract class OverdueContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  protected abstract TaskDatabase database();

  @BeforeEach
  void clear() throws Exception {
    database().clear();
  }

  private void ageQueue(UUID id, String minutes) throws Exception {
    database()
        .sql(
            "update task set due_at = due_at - interval '"
                + minutes
                + "' minute where id = '"
                + id
                + "'");
  }

  private List<LongRunningTask> longRunning() throws Exception {
    Map<TaskStatus, Duration> longerThan = new EnumMap<>(TaskStatus.class);
    longerThan.put(TaskStatus.IMAGE_PENDING, MINUTE);
    longerThan.put(TaskStatus.IMAGE_GENERATING, MINUTE);
    longerThan.put(TaskStatus.MODEL_GENERATING, MINUTE);
    return database().call(heart -> heart.overdue().longRunning(longerThan));
  }

  private void notice(UUID id, TaskStatus status, WaitReason waitsFor) throws Exception {
    database()
        .run(
            heart ->
                heart
                    .overdue()
                    .notice(
                        new OverdueTask(
                            id, status, "local", Tasks.T0, Duration.ofSeconds(60), waitsFor)));
  }

  private List<OverdueTask> overdue() throws Exception {
    return database().call(heart -> heart.overdue().list());
  }

  private List<OverdueTasks.Group> groups() throws Exception {
    return database().call(heart -> heart.overdue().groups());
  }

  private int deleteGone() throws Exception {
    return database().call(heart -> heart.overdue().deleteGone());
  }

  private List<TaskEvent> noticed(UUID id) throws Exception {
    return database().call(heart -> heart.queries().history("dev", id, 100, 0)).items().stream()
        .filter(event -> event.type() == TaskEvent.Type.OVERDUE)
        .toList();
  }

  @Test
  void an_overdue_task_is_recorded_once_until_it_moves_on() throws Exception {
    UUID old = database().create();
    database().create(); // not overdue, because it is new
    ageQueue(old, "5");

    List<LongRunningTask> found = longRunning();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).task()).isEqualTo(old);
    assertThat(found.get(0).noticed()).isNull();
    assertThat(found.get(0).held()).isFalse();
    assertThat(Duration.between(found.get(0).since(), database().clock().instant()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));

    Task before = database().call(heart -> heart.queries().find("dev", old));
    notice(old, TaskStatus.IMAGE_PENDING, WaitReason.WORKER);
    notice(
        // recorded before, with another wait reason
        old, TaskStatus.IMAGE_PENDING, WaitReason.CIRCUIT);
    assertThat(noticed(old)).hasSize(1);
    assertThat(noticed(old).get(0).detail()).contains("PT1M").contains("WORKER");
    assertThat(database().call(heart -> heart.queries().find("dev", old)).updatedAt())
        .as("clients get another version")
        .isAfter(before.updatedAt());
    assertThat(longRunning())
        .extracting(LongRunningTask::noticed)
        .containsExactly(WaitReason.CIRCUIT);
    List<OverdueTask> listed = database().call(heart -> heart.overdue().list());
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).target()).isEqualTo(Duration.ofSeconds(60));
    assertThat(groups())
        .containsExactly(
            new OverdueTasks.Group(TaskStatus.IMAGE_PENDING, "local", WaitReason.CIRCUIT, 1));
    assertThat(deleteGone()).isZero();

    ImageClaim claim = database().claimPictures();
    assertThat(claim.taskId()).isEqualTo(old);
    // too late, because the task has moved on
    notice(old, TaskStatus.IMAGE_PENDING, WaitReason.WORKER);
    assertThat(noticed(old)).hasSize(1);
    assertThat(deleteGone()).isEqualTo(1);
    assertThat(overdue()).isEmpty();
    database()
        .run(
            heart ->
                // the claim is still valid
                heart.results().apply(new Postponed(claim, database().clock().instant())));
  }

  @Test
  void a_task_that_waits_for_its_user_is_never_overdue() throws Exception {
    UUID id = database().create();
    database().storePictures(database().claimPictures());
    database()
        .sql(
            "update task set image_generation_completed_at = created_at,"
                + " image_generation_started_at = created_at");
    Map<TaskStatus, Duration> all = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      all.put(status, Duration.ZERO);
    }
    List<LongRunningTask> found = database().call(heart -> heart.overdue().longRunning(all));
    assertThat(found).isEmpty();
    assertThat(database().call(heart -> heart.queries().find("dev", id)).status())
        .isEqualTo(TaskStatus.IMAGE_COMPLETED);
  }

  @Test
  void an_alert_is_raised_once_and_cleared_once() throws Exception {
    Alert late =
        new Alert(OverdueAlerts.Kind.OVERDUE, TaskStatus.MODEL_PENDING, "-", WaitReason.ROOM, 3);
    Alert later =
        new Alert(OverdueAlerts.Kind.OVERDUE, TaskStatus.MODEL_PENDING, "-", WaitReason.CIRCUIT, 9);
    Alert slow = new Alert(OverdueAlerts.Kind.SLOW, TaskStatus.MODEL_PENDING, "-", null, 40);

    assertThat(compare(List.of(late))).isEqualTo(new OverdueAlerts.News(List.of(late), List.of()));
    assertThat(compare(List.of(later, slow)))
        .isEqualTo(new OverdueAlerts.News(List.of(slow), List.of()));
    assertThat(compare(List.of(slow))).isEqualTo(new OverdueAlerts.News(List.of(), List.of(late)));
    assertThat(compare(List.of())).isEqualTo(new OverdueAlerts.News(List.of(), List.of(slow)));
    assertThat(compare(List.of())).isEqualTo(new OverdueAlerts.News(List.of(), List.of()));
  }

  private OverdueAlerts.News compare(List<Alert> present) throws Exception {
    return database()
        .call(heart -> new OverdueAlerts(heart.entities(), database().clock()).compare(present));
  }

  @Test
  void a_node_reads_the_times_in_status_that_it_ended() throws Exception {
    UUID id = database().create();
    UUID waiting = database().create();
    ageQueue(id, "30");
    ageQueue(waiting, "3");
    database().sql("update task_event set occurred_at = occurred_at - interval '30' minute");
    database().call("north", heart -> heart.claims().claimForPictures(1, "local"));

    TaskStatistics.Counts counts = database().call(heart -> heart.statistics().now()).counts();
    assertThat(counts.tasks().get(TaskStatus.IMAGE_PENDING)).isEqualTo(1);
    assertThat(counts.queues().get(TaskStatus.IMAGE_GENERATING).held()).isEqualTo(1);
    assertThat(counts.oldestSince())
        .containsOnlyKeys(TaskStatus.IMAGE_PENDING, TaskStatus.IMAGE_GENERATING)
        .containsEntry(
            TaskStatus.IMAGE_PENDING,
            database().call(heart -> heart.queries().find("dev", waiting)).dueAt());

    assertThat(ended("north")).as("changes of the last seconds follow later").isEmpty();
    database()
        .sql(
            "update task_event set occurred_at = occurred_at - interval '1' minute"
                + " where to_status = 'IMAGE_GENERATING'");
    assertThat(ended("south")).isEmpty();
    List<StatusDurations.Ended> ended = ended("north");
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    assertThat(ended.get(0).provider()).isEqualTo("-");
    assertThat(ended.get(0).seconds()).isBetween(28 * 60.0, 30 * 60.0);
    StatusDurations durations = database().call(heart -> heart.statistics().durations());
    assertThat(durations.ended()).isEqualTo(ended);
  }

  private List<StatusDurations.Ended> ended(String node) throws Exception {
    return database().call(heart -> heart.statistics().ended(0, node));
  }

  @Test
  void figures_are_shared_for_three_seconds() throws Exception {
    database().create();
    Instant start = database().clock().instant();
    AtomicReference<Instant> now = new AtomicReference<>(start);
    database()
        .run(
            heart -> {
              TaskStatistics statistics =
                  new TaskStatistics(heart.entities(), heart.queries(), clock(now));
              TaskStatistics.Figures first = statistics.now();
              now.set(start.plusSeconds(3));
              assertThat(statistics.now()).isSameAs(first);
              now.set(start.plusMillis(3001));
              assertThat(statistics.now().at()).isEqualTo(now.get());
            });
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }
}
