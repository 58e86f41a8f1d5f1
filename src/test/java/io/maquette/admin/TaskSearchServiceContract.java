package io.maquette.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maquette.monitoring.StatusDurations;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.persistence.Page;
import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskException;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.ProviderCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Contract of the operator's task search, with 100,000 tasks. Every tenth task has failed,
 * alternately with two causes. Each task has a submission for a picture, every second one also for
 * a model.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TaskSearchServiceContract {

  private static final Logger LOG = Logger.getLogger(TaskSearchServiceContract.class.getName());
  private static final int MANY = 100_000;
  private static final Duration PAGE_TIME = Duration.ofMillis(500);
  private static final int RUNS = 5;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  protected abstract TaskDatabase database();

  /** Returns a query for rows with a column {@code n} from 1. */
  protected abstract String series(int count);

  /** Creates the tasks; subclasses call it before the first test. */
  public void fill() throws Exception {
    String series = series(MANY);
    String id = "cast('00000000-0000-4000-8000-' || lpad(cast(n as varchar), 12, '0') as uuid)";
    String at = "timestamp with time zone '2026-01-01 00:00:00+00' + n * interval '1' second";
    String failed = "case when mod(n, 10) = 0 then ";
    database()
        .sql(
            "insert into task (id, owner, prompt, status, failed_stage, error_code, error_message,"
                + " created_at, updated_at, failed_at, failed_attempts, fence, version) select "
                + id
                + ", 'user-' || mod(n, 7), 'one of very many wishes for a model, number ' || n || '!', "
                + failed
                + "'FAILED' else 'MODEL_COMPLETED' end, "
                + failed
                + "'MODEL' end, "
                + failed
                + "case when mod(n, 20) = 0 then 'TIMED_OUT' else 'RESULT_UNUSABLE' end end, "
                + failed
                + "'x' end, "
                + at
                + ", "
                + at
                + ", "
                + failed
                + at
                + " end, 0, 0, 0 from "
                + series);
    database()
        .sql(
            "insert into task_model (task_id, name, status, progress, file_key, file_sha256,"
                + " file_type, file_size, provider, created_at) select "
                + id
                + ", 'm', case when mod(n, 10) = 0 then 'FAILED' else 'COMPLETED' end, 100, 'k',"
                + " 'd', 't', 1, 'meshy', "
                + at
                + " from "
                + series);
    for (String stage : List.of("IMAGE", "MODEL")) {
      boolean image = stage.equals("IMAGE");
      database()
          .sql(
              "insert into provider_call (id, task_id, stage, image_index, attempt, provider, node,"
                  + " outcome, late, job_id, request_id, credits, submitted_at, answered_at)"
                  + " select n + "
                  + (image ? 0 : MANY)
                  + ", "
                  + id
                  + ", '"
                  + stage
                  + "', "
                  + (image ? "0" : "null")
                  + ", 1, '"
                  + (image ? "openai" : "meshy")
                  + "', 'node-1', 'ACCEPTED', false, '"
                  + stage
                  + "-job-' || n, '"
                  + stage
                  + "-request-' || n, "
                  + (image ? "null" : "5")
                  + ", "
                  + at
                  + ", "
                  + at
                  + " from "
                  + series
                  + (image ? "" : " where mod(n, 2) = 0"));
    }
    database()
        .sql(
            "insert into task_event (id, task_id, owner, occurred_at, event_type, from_status,"
                + " to_status, actor, node, attempt) select n, "
                + id
                + ", 'x', "
                + at
                + ", 'STATUS_CHANGED', null, 'IMAGE_PENDING', 'user:x', 'node-1', 1 from "
                + series);
    database()
        .sql(
            "insert into task_event (id, task_id, owner, occurred_at, event_type, from_status,"
                + " to_status, actor, node, attempt) select n + "
                + MANY
                + ", "
                + id
                + ", 'x', "
                + at
                + " + mod(n, 100) * interval '1' second, 'STATUS_CHANGED', 'IMAGE_PENDING',"
                + " 'IMAGE_GENERATING', 'worker:pictures', 'node-1', 1 from "
                + series);
    database().sql("analyze");
  }

  private static UUID id(int number) {
    return UUID.fromString("00000000-0000-4000-8000-%012d".formatted(number));
  }

  private static TaskSearch text(String text) {
    return new TaskSearch(Set.of(), Set.of(), null, null, null, null, null, null, text);
  }

  /**
   * Measures five runs and takes the fastest, because other work on the machine delays the rest.
   */
  private <T> T quickly(String what, TaskDatabase.Work<T> work) throws Exception {
    T result = database().call(work); // first run, which loads classes and fills caches
    Duration fastest = ChronoUnit.FOREVER.getDuration();
    for (int run = 0; run < RUNS && fastest.compareTo(PAGE_TIME) >= 0; run++) {
      long began = System.nanoTime();
      result = database().call(work);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    Duration shown = fastest;
    LOG.info(() -> what + ": " + shown.toMillis() + " ms");
    assertThat(fastest).as(what).isLessThan(PAGE_TIME);
    return result;
  }

  private TaskSearchService.Slice slice(TaskSearch search, int first) throws Exception {
    return quickly(search + " from " + first, heart -> heart.all().slice(search, first, 50));
  }

  @Test
  void every_page_of_100000_tasks_is_quick() throws Exception {
    TaskSearchService.Slice all = slice(TaskSearch.ALL, 0);
    assertThat(all.rows()).hasSize(50);
    assertThat(all.rows().get(0).id()).isEqualTo(id(MANY));
    assertThat(all.count()).isEqualTo(TaskSearchService.MAX_COUNT);
    assertThat(slice(TaskSearch.ALL, 9_950).rows().get(0).id()).isEqualTo(id(MANY - 9_950));

    for (TaskSearch many :
        List.of(
            new TaskSearch(
                Set.of(TaskStatus.FAILED), Set.of(), null, null, null, null, null, null, null),
            new TaskSearch(
                Set.of(), Set.of(ModelStatus.FAILED), null, null, null, null, null, null, null),
            new TaskSearch(Set.of(), Set.of(), Stage.MODEL, null, null, null, null, null, "very"),
            new TaskSearch(Set.of(), Set.of(), null, "meshy", null, null, null, null, null),
            new TaskSearch(Set.of(), Set.of(), null, null, "user-3", null, null, null, null))) {
      assertThat(slice(many, 0).rows()).hasSize(50);
      assertThat(slice(many, 5_000).rows()).hasSize(50);
    }
    TaskSearch narrow =
        new TaskSearch(
            Set.of(TaskStatus.FAILED),
            Set.of(ModelStatus.FAILED),
            Stage.MODEL,
            "meshy",
            "user-3",
            FailureCode.TIMED_OUT,
            FIRST.plusSeconds(50_000),
            FIRST.plusSeconds(51_000),
            "WISHES");
    TaskSearchService.Slice some = slice(narrow, 0);
    assertThat(some.count()).isEqualTo(some.rows().size()).isBetween(1, 20);
    assertThat(some.rows())
        .allSatisfy(
            row -> {
              assertThat(row.owner()).isEqualTo("user-3");
              assertThat(row.errorCode()).isEqualTo(FailureCode.TIMED_OUT);
            });
    for (TaskSearch none :
        List.of(
            text("nobody wished for this"),
            text("100%"),
            new TaskSearch(Set.of(), Set.of(), null, "nobody", null, null, null, null, null),
            new TaskSearch(
                Set.of(TaskStatus.MODEL_PENDING),
                Set.of(),
                Stage.IMAGE,
                null,
                null,
                null,
                null,
                null,
                null))) {
      assertThat(slice(none, 0)).isEqualTo(new TaskSearchService.Slice(List.of(), 0));
    }
  }

  @Test
  void cursors_lead_through_all_tasks() throws Exception {
    TaskSearch search =
        new TaskSearch(
            Set.of(), Set.of(), null, null, null, null, null, FIRST.plusSeconds(251), null);
    TaskCursor after = null;
    int seen = 0;
    do {
      TaskCursor place = after;
      Page<TaskRow, TaskCursor> page =
          quickly("a page", heart -> heart.all().list(search, 100, place));
      assertThat(page.items().get(0).id()).isEqualTo(id(250 - seen));
      seen += page.items().size();
      after = page.next();
    } while (after != null);
    assertThat(seen).isEqualTo(250);
  }

  @Test
  void a_task_is_found_by_each_of_its_ids() throws Exception {
    for (String known :
        List.of(
            "NUMBER 77778!",
            "00000000-0000-4000-8000-000000077778",
            "MODEL-job-77778",
            "IMAGE-job-77778",
            "IMAGE-request-77778",
            "MODEL-request-77778")) {
      TaskSearchService.Slice found = slice(text(known), 0);
      assertThat(found.count()).as(known).isEqualTo(1);
      assertThat(found.rows().get(0).id()).as(known).isEqualTo(id(77_778));
    }
  }

  @Test
  void details_have_the_submissions_and_times_in_status() throws Exception {
    TaskDetails details = quickly("a details", heart -> heart.all().details(id(77_710)));
    assertThat(details.calls())
        .extracting(TaskDetails.Call::jobId)
        .containsExactly("IMAGE-job-77710", "MODEL-job-77710");
    assertThat(details.credits()).isEqualTo(Map.of("meshy", new BigDecimal("5.0000")));
    assertThat(details.stays())
        .extracting(TaskDetails.TimeInStatus::status)
        .containsExactly(TaskStatus.IMAGE_PENDING, TaskStatus.IMAGE_GENERATING);
    assertThat(details.stays().get(0).lasted()).isEqualTo(Duration.ofSeconds(10));
    assertThat(details.lease()).isNull();
    assertThatThrownBy(() -> database().run(heart -> heart.all().details(UUID.randomUUID())))
        .isInstanceOf(TaskException.NotFound.class);
  }

  @Test
  void statistics_read_a_bounded_part() throws Exception {
    Instant then = FIRST.plusSeconds(MANY - 99);
    TaskStatistics.Throughput done = quickly("done", heart -> heart.statistics().throughput(then));
    assertThat(done).isEqualTo(new TaskStatistics.Throughput(100, 0, 0, 10));
    List<TaskStatistics.Cause> causes = quickly("causes", heart -> heart.statistics().causes(then));
    assertThat(causes)
        .containsExactlyInAnyOrder(
            new TaskStatistics.Cause(Stage.MODEL, FailureCode.TIMED_OUT, 5),
            new TaskStatistics.Cause(Stage.MODEL, FailureCode.RESULT_UNUSABLE, 5));
    Map<TaskStatus, StatusDurations.Summary> durations =
        quickly("durations", heart -> heart.statistics().durations()).byStatus();
    assertThat(durations).containsOnlyKeys(TaskStatus.IMAGE_PENDING);
    StatusDurations.Summary pending = durations.get(TaskStatus.IMAGE_PENDING);
    assertThat(pending.stays()).isEqualTo(TaskStatistics.MAX_CHANGES);
    assertThat(pending.p50Seconds()).isCloseTo(49.5, within(0.001));
    assertThat(pending.p95Seconds()).isCloseTo(94.05, within(0.001));
    Map<String, Long> open = quickly("open jobs", heart -> heart.statistics().openJobs());
    assertThat(open).isEmpty();
    Optional<ProviderCall> trouble =
        quickly("trouble", heart -> heart.statistics().lastFailedSubmission("meshy"));
    assertThat(trouble).isEmpty();
  }
}
