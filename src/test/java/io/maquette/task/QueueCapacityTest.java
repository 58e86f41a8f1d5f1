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
  void no_place_is_taken_before_a_count() {
    assertThat(room.take(NOW)).isFalse();
  }

  @Test
  void an_eighth_of_the_free_places_is_taken_so_that_eight_nodes_keep_the_limit() {
    room.setFree(80, NOW);
    assertThat(taken(NOW)).isEqualTo(10);
    room.setFree(8, NOW);
    assertThat(taken(NOW)).isEqualTo(1);
  }

  @Test
  void every_new_task_is_counted_when_few_places_are_free() {
    room.setFree(7, NOW);
    assertThat(room.take(NOW)).isFalse();
  }

  @Test
  void a_count_is_valid_for_one_second() {
    room.setFree(80, NOW);
    assertThat(room.take(NOW.plusSeconds(1))).isTrue();
    assertThat(room.take(NOW.plusMillis(1001))).isFalse();
  }
}
