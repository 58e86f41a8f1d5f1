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

  private ProviderOutage closure(Instant probedAt) {
    return results.closure("one", probedAt, T0).orElse(null);
  }

  @Test
  void one_result_that_fails_for_a_reason_that_others_share_is_enough() {
    for (String problem :
        List.of("HOST_NOT_ALLOWED", "FAKE_IP", "NOT_PUBLIC", "PROXY", "UNREACHABLE")) {
      rows.clear();
      fails("one", problem, true);
      assertThat(closure(null).reason()).as(problem).isEqualTo(ProviderOutage.Reason.UNFETCHED);
      assertThat(closure(null).words()).endsWith("because of " + problem);
      assertThat(closure(null).until()).isAfter(T0);
      assertThat(results.closure("other", null, T0)).isEmpty();
    }
  }

  @Test
  void also_when_nobody_waits_for_it_any_more() {
    fails("one", "HOST_NOT_ALLOWED", false);
    assertThat(closure(null)).isNotNull();
  }

  @Test
  void results_that_fail_for_reasons_of_their_own_are_an_accident_until_there_are_three() {
    fails("one", "ANSWERED", true);
    fails("one", "BROKEN_OFF", true);
    fails("one", "UNUSABLE", false);
    assertThat(closure(null)).isNull();
    fails("one", "ANSWERED", true);
    assertThat(closure(null)).isNotNull();
  }

  @Test
  void an_operator_may_ask_for_a_trial_request_all_the_same() {
    fails("one", "PROXY", true);
    assertThat(closure(T0.minusSeconds(1)).until()).isAfter(T0);
    assertThat(closure(T0.plusSeconds(1)).until()).isEqualTo(T0);
  }

  @Test
  void what_was_known_holds_while_the_database_is_away() {
    fails("one", "PROXY", true);
    databaseIsAway = true;
    results.refreshNow();
    assertThat(closure(null)).isNotNull();
    databaseIsAway = false;
    rows.clear();
    results.refreshNow();
    assertThat(closure(null)).isNull();
  }
}
