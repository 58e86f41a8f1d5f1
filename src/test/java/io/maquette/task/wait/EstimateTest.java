package io.maquette.task.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Durations from 1 s to 100 s. */
  private static final Durations PAST =
      new Durations(IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList());

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void a_running_stage_ends_between_the_quartiles() {
    assertThat(Estimate.ofRunning(PAST, START, at(10)))
        .isEqualTo(new Estimate(at(25), at(75), 100, false));
  }

  @Test
  void an_estimate_is_never_in_the_past_and_marks_slow_stages() {
    assertThat(Estimate.ofRunning(PAST, START, at(50)))
        .isEqualTo(new Estimate(at(50), at(75), 100, false));
    assertThat(Estimate.ofRunning(PAST, START, at(80)))
        .isEqualTo(new Estimate(at(80), at(95), 100, false));
    assertThat(Estimate.ofRunning(PAST, START, at(96)))
        .isEqualTo(new Estimate(at(96), at(96), 100, true));
  }

  @Test
  void a_waiting_stage_starts_after_those_before_it() {
    assertThat(Estimate.ofWaiting(PAST, 1, 3, START))
        .isEqualTo(new Estimate(at(25), at(150), 100, false));
    assertThat(Estimate.ofWaiting(PAST, 4, 3, START))
        .isEqualTo(new Estimate(at(50), at(225), 100, false));
  }

  @Test
  void few_durations_give_no_estimate() {
    assertThat(new Durations(List.of(Duration.ZERO)).isSufficient()).isFalse();
    assertThat(PAST.isSufficient()).isTrue();
  }
}
