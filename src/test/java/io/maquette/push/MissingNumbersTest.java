package io.maquette.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MissingNumbersTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  @Test
  void skipped_numbers_can_still_appear() {
    MissingNumbers gaps = new MissingNumbers(10);
    gaps.seen(13, NOW);
    assertThat(gaps.open()).containsExactly(11L, 12L);
    gaps.seen(12, NOW);
    assertThat(gaps.open()).containsExactly(11L);
    assertThat(gaps.last()).isEqualTo(13);
  }

  @Test
  void old_missing_numbers_are_given_up() {
    MissingNumbers gaps = new MissingNumbers(10);
    gaps.seen(12, NOW);
    gaps.seen(14, NOW.plus(MissingNumbers.PATIENCE));
    gaps.giveUpOld(NOW.plus(MissingNumbers.PATIENCE).plusMillis(1));
    assertThat(gaps.open()).containsExactly(13L);
  }

  @Test
  void missing_numbers_are_bounded() {
    MissingNumbers gaps = new MissingNumbers(10);
    gaps.seen(1_000_000, NOW);
    assertThat(gaps.open()).hasSize(StreamPosition.MAX_GAPS).contains(999_999L);
    gaps.seen(1_000_050, NOW);
    assertThat(gaps.open()).hasSize(StreamPosition.MAX_GAPS).contains(1_000_049L);
  }
}
