package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueueCapacityTest {

  private static final Instant NOW = Instant.EPOCH;

  private final QueueCapacity room = new QueueCapacity();

  private long taken(Instant at) {
    return Stream.generate(() -> room.take(at)).takeWhile(taken -> taken).count();
  }

  @Test
  void nothingIsGivenAwayUncounted() {
    assertThat(room.take(NOW)).isFalse();
  }

  @Test
  void anEighthOfWhatWasFreeIsGivenAwaySoThatEightNodesKeepTheLimit() {
    room.counted(80, NOW);
    assertThat(taken(NOW)).isEqualTo(10);
    room.counted(8, NOW);
    assertThat(taken(NOW)).isEqualTo(1);
  }

  @Test
  void whereLittleIsFreeEveryNewTaskIsCounted() {
    room.counted(7, NOW);
    assertThat(room.take(NOW)).isFalse();
  }

  @Test
  void aCountIsGoodForASecond() {
    room.counted(80, NOW);
    assertThat(room.take(NOW.plusSeconds(1))).isTrue();
    assertThat(room.take(NOW.plusMillis(1001))).isFalse();
  }
}
