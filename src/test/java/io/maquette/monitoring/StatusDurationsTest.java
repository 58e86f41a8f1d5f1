package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.monitoring.StatusDurations.Ended;
import io.maquette.monitoring.StatusDurations.Place;
import io.maquette.monitoring.StatusDurations.Summary;
import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusDurationsTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private static Ended ended(TaskStatus status, String provider, int minute, double seconds) {
    return new Ended(minute, status, provider, NOON.plusSeconds(60L * minute), seconds);
  }

  @Test
  void percentiles_are_interpolated_between_the_nearest_times() {
    StatusDurations durations =
        new StatusDurations(
            List.of(
                ended(TaskStatus.IMAGE_COMPLETED, "-", 3, 40),
                ended(TaskStatus.IMAGE_COMPLETED, "-", 1, 10),
                ended(TaskStatus.IMAGE_COMPLETED, "-", 2, 20),
                ended(TaskStatus.MODEL_PENDING, "meshy", 4, 7),
                ended(TaskStatus.IMAGE_COMPLETED, "-", 5, 30)));
    assertThat(durations.byStatus())
        .containsOnlyKeys(TaskStatus.IMAGE_COMPLETED, TaskStatus.MODEL_PENDING)
        .containsEntry(TaskStatus.IMAGE_COMPLETED, new Summary(4, 25, 38.5))
        .containsEntry(TaskStatus.MODEL_PENDING, new Summary(1, 7, 7));
  }

  @Test
  void recent_times_are_grouped_by_provider_where_one_is_at_work() {
    StatusDurations durations =
        new StatusDurations(
            List.of(
                ended(TaskStatus.MODEL_GENERATING, "meshy", 0, 500),
                ended(TaskStatus.MODEL_GENERATING, "meshy", 1, 60),
                ended(TaskStatus.MODEL_GENERATING, "tripo", 2, 80),
                ended(TaskStatus.MODEL_PENDING, "meshy", 3, 1),
                ended(TaskStatus.MODEL_PENDING, "tripo", 4, 3),
                ended(TaskStatus.IMAGE_COMPLETED, "-", 5, 9)));
    assertThat(durations.byPlace(NOON.plusSeconds(60)))
        .containsOnlyKeys(
            new Place(TaskStatus.MODEL_GENERATING, "meshy"),
            new Place(TaskStatus.MODEL_GENERATING, "tripo"),
            new Place(TaskStatus.MODEL_PENDING, "-"))
        .containsEntry(new Place(TaskStatus.MODEL_GENERATING, "meshy"), new Summary(1, 60, 60))
        .containsEntry(new Place(TaskStatus.MODEL_PENDING, "-"), new Summary(2, 2, 2.9));
  }
}
