package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.option.ImageOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tests of quotas and of the limits of the queue. */
interface QuotaPromises extends TaskDatabaseSteps {

  @Test
  default void a_full_queue_refuses_tasks() throws Exception {
    database().set(Map.of("maquette.queue.limit", "2"));
    create("one");
    Task two = create("two");
    assertThatThrownBy(() -> create("three")).isInstanceOf(TaskException.QueueFull.class);
    database().run(heart -> heart.service().cancel("dev", two.id()));
    create("three");
  }

  @Test
  default void one_user_does_not_fill_the_queue_for_all() throws Exception {
    database().set(Map.of("maquette.queue.user-limit", "1"));
    TaskDatabase.Action ofMaker = heart -> heart.service().create("maker", "mine", null);
    database().run(ofMaker);
    assertThatThrownBy(() -> database().run(ofMaker))
        .isInstanceOfSatisfying(
            TaskException.QueueFull.class, e -> assertThat(e.isOfUser()).isTrue());
    create("the development user has");
    create("no limit of its own");
  }

  // Quotas

  private Task createFor(String owner, Quota quota) throws Exception {
    return database()
        .call(heart -> heart.service().create(owner, quota, "one more", ImageOptions.NONE, null));
  }

  @Test
  default void a_user_may_have_another_limit_of_waiting_tasks() throws Exception {
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
  default void the_daily_limit_counts_deleted_tasks_and_restarts_the_next_day() throws Exception {
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
  default void a_refused_creation_does_not_count() throws Exception {
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
  default void concurrent_creations_are_all_counted() throws Exception {
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
