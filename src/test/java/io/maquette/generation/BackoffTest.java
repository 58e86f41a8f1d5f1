package io.maquette.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fault")
class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(2);

  @Test
  void theWaitDoublesWithEachFailureUpToTheLongest() {
    Backoff middle = new Backoff(() -> 0.5);
    assertThat(middle.after(FIRST, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(middle.after(FIRST, 1)).isEqualTo(Duration.ofSeconds(4));
    assertThat(middle.after(FIRST, 2)).isEqualTo(Duration.ofSeconds(8));
    assertThat(middle.after(FIRST, 99)).isEqualTo(Backoff.LONGEST);
  }

  @Test
  void theWaitIsSpreadByAFifthToEitherSide() {
    assertThat(new Backoff(() -> 0).after(FIRST, 0)).isEqualTo(Duration.ofMillis(1600));
    assertThat(new Backoff(() -> 1).after(FIRST, 0)).isEqualTo(Duration.ofMillis(2400));
  }
}
