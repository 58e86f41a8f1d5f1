package io.maquette.worker.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.submission.UnfetchedResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests of the rule that results which cannot be fetched stop further submissions to their
 * provider.
 */
@Tag("fault")
class UnfetchedResultsTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<UnfetchedResult> rows = new ArrayList<>();
  private boolean databaseIsAway;
  private final UnfetchedResults results =
      new UnfetchedResults(
          () -> {
            if (databaseIsAway) {
              throw new IllegalStateException("away");
            }
            return rows;
          });

  private void fails(String provider, String problem, boolean isWanted) {
    rows.add(
        new UnfetchedResult(
            rows.size(),
            provider,
            "https://files.example/1",
            null,
            isWanted,
            T0.plus(Duration.ofHours(1)),
            problem,
            "because of " + problem,
            1,
            T0));
    results.refreshNow();
  }

  private ProviderOutage outage(Instant probedAt) {
    return results.outage("one", probedAt, T0).orElse(null);
  }

  @Test
  void one_result_with_a_shared_fetch_problem_opens_the_breaker() {
    for (String problem :
        List.of("HOST_NOT_ALLOWED", "FAKE_IP", "NOT_PUBLIC", "PROXY", "UNREACHABLE")) {
      rows.clear();
      fails("one", problem, true);
      assertThat(outage(null).reason()).as(problem).isEqualTo(ProviderOutage.Reason.UNFETCHED);
      assertThat(outage(null).words()).endsWith("because of " + problem);
      assertThat(outage(null).until()).isAfter(T0);
      assertThat(results.outage("other", null, T0)).isEmpty();
    }
  }

  @Test
  void an_abandoned_result_with_a_shared_fetch_problem_opens_the_breaker() {
    fails("one", "HOST_NOT_ALLOWED", false);
    assertThat(outage(null)).isNotNull();
  }

  @Test
  void three_results_with_separate_fetch_problems_open_the_breaker() {
    fails("one", "ANSWERED", true);
    fails("one", "BROKEN_OFF", true);
    fails("one", "UNUSABLE", false);
    assertThat(outage(null)).isNull();
    fails("one", "ANSWERED", true);
    assertThat(outage(null)).isNotNull();
  }

  @Test
  void an_operator_can_request_a_trial_request() {
    fails("one", "PROXY", true);
    assertThat(outage(T0.minusSeconds(1)).until()).isAfter(T0);
    assertThat(outage(T0.plusSeconds(1)).until()).isEqualTo(T0);
  }

  @Test
  void cached_results_stay_in_use_while_the_database_is_unavailable() {
    fails("one", "PROXY", true);
    databaseIsAway = true;
    results.refreshNow();
    assertThat(outage(null)).isNotNull();
    databaseIsAway = false;
    rows.clear();
    results.refreshNow();
    assertThat(outage(null)).isNull();
  }
}
