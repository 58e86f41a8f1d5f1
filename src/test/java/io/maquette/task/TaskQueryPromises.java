package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.persistence.Page;
import io.maquette.push.ChangeScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of lists, pages and the event log. */
interface TaskQueryPromises extends TaskDatabaseSteps {

  TaskFilter ALL = new TaskFilter(Set.of(), null);

  private List<Task> list(String owner, TaskFilter filter) throws Exception {
    return database().call(heart -> heart.queries().list(owner, filter, 10, null)).items();
  }

  private List<TaskEvent> read(ChangeScope scope, long after, Collection<Long> gaps)
      throws Exception {
    return database().call(heart -> heart.log().read(scope, after, gaps, 100));
  }

  @Test
  default void the_event_log_is_read_from_a_number_with_its_gaps() throws Exception {
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
  default void the_history_keeps_only_the_deletion_of_a_deleted_task() throws Exception {
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
  default void several_tasks_are_found_at_once_for_their_owner() throws Exception {
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
  default void every_query_has_the_owner() throws Exception {
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
  default void pages_of_several_statuses_have_one_order() throws Exception {
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
  default void the_version_of_a_task_is_its_last_change_and_status_for_its_owner_alone()
      throws Exception {
    Task task = create("known");
    assertThat(version("dev", task))
        .contains(new TaskQueries.Version(task.updatedAt(), TaskStatus.IMAGE_PENDING));
    claimPictures();
    assertThat(version("dev", task))
        .contains(
            new TaskQueries.Version(find(task.id()).updatedAt(), TaskStatus.IMAGE_GENERATING));
    assertThat(version("other", task)).isEmpty();
  }

  private Optional<TaskQueries.Version> version(String owner, Task task) throws Exception {
    return database().call(heart -> heart.queries().version(owner, task.id()));
  }

  @Test
  default void pages_of_a_listing_have_no_gap_or_repeat() throws Exception {
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
  default void a_search_takes_its_text_literally() throws Exception {
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
  default void a_listing_can_be_limited_to_statuses() throws Exception {
    Task cancelled = create("one");
    create("two");
    database().run(heart -> heart.service().cancel("dev", cancelled.id()));
    TaskFilter filter = new TaskFilter(Set.of(TaskStatus.CANCELLED, TaskStatus.FAILED), null);
    assertThat(list("dev", filter)).extracting(Task::id).containsExactly(cancelled.id());
  }

  private int place(Task task) throws Exception {
    return database()
        .call(heart -> heart.queries().placeInQueue(heart.queries().find(task.owner(), task.id())));
  }

  @Test
  default void a_waiting_task_has_its_queue_position() throws Exception {
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
  default void past_durations_are_those_of_completed_stages() throws Exception {
    chosen("has pictures");
    create("has none");
    List<Duration> images = database().call(heart -> heart.queries().pastDurations(Stage.IMAGE));
    assertThat(images).hasSize(1);
    List<Duration> models = database().call(heart -> heart.queries().pastDurations(Stage.MODEL));
    assertThat(models).isEmpty();
  }

  @Test
  default void every_status_is_counted() throws Exception {
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
}
