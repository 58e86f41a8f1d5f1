package io.maquette.benchmark.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * db-scheduler as its documentation recommends it for throughput: lock-and-fetch, immediate
 * execution. An execution makes the four pictures, one submits, one asks for the job.
 */
final class DbSchedulerPeer extends Peer {

  private static final TaskDescriptor<Void> PICTURES = TaskDescriptor.of("pictures");
  private static final TaskDescriptor<Void> SUBMIT = TaskDescriptor.of("submit");
  private static final TaskDescriptor<Void> POLL = TaskDescriptor.of("poll");
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final int MAKERS = 8;

  private final Scheduler scheduler;
  private final ExecutorService makers = Executors.newFixedThreadPool(MAKERS);

  private DbSchedulerPeer() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      // postgresql_tables.sql of db-scheduler 16.12.0
      statement.execute(
          """
          create table scheduled_tasks (
            task_name text not null,
            task_instance text not null,
            task_data bytea,
            execution_time timestamp with time zone not null,
            picked boolean not null,
            picked_by text,
            last_success timestamp with time zone,
            last_failure timestamp with time zone,
            consecutive_failures int,
            last_heartbeat timestamp with time zone,
            version bigint not null,
            priority smallint,
            primary key (task_name, task_instance)
          );
          create index execution_time_idx on scheduled_tasks (execution_time);
          create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
          create index priority_execution_time_idx
            on scheduled_tasks (priority desc, execution_time asc);
          """);
    }
    CustomTask<Void> pictures = Tasks.custom(PICTURES).execute(this::pictures);
    CustomTask<Void> submit = Tasks.custom(SUBMIT).execute(this::submit);
    CustomTask<Void> poll = Tasks.custom(POLL).execute(this::poll);
    scheduler =
        Scheduler.create(database(), pictures, submit, poll)
            .threads(hands)
            .pollUsingLockAndFetch(0.5, 4.0)
            .pollingInterval(POLL_INTERVAL)
            .enableImmediateExecution()
            .build();
    scheduler.start();
  }

  public static void main(String[] arguments) throws Exception {
    new DbSchedulerPeer().serve();
  }

  @Override
  void begin(List<String> ids) {
    for (String id : ids) {
      makers.execute(
          () -> {
            create(id);
            scheduler.schedule((whole ? PICTURES : SUBMIT).instance(id).build(), Instant.now());
          });
    }
  }

  private CompletionHandler<Void> pictures(TaskInstance<Void> task, ExecutionContext context) {
    try {
      makePictures(task.getId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (completion, operations) -> {
      choose(task.getId()); // as a maker does who sees the pictures
      operations.removeAndScheduleNew(SUBMIT.instance(task.getId()).scheduledTo(Instant.now()));
    };
  }

  private CompletionHandler<Void> submit(TaskInstance<Void> task, ExecutionContext context) {
    try {
      submit(task.getId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (completion, operations) ->
        operations.removeAndScheduleNew(POLL.instance(task.getId()).scheduledTo(Instant.now()));
  }

  private CompletionHandler<Void> poll(TaskInstance<Void> task, ExecutionContext context) {
    try {
      boolean done = complete(task.getId(), jobOf(task.getId()));
      return done
          ? new CompletionHandler.OnCompleteRemove<>()
          : new CompletionHandler.OnCompleteReschedule<>(FixedDelay.ofSeconds(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
