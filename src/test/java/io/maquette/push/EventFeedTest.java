package io.maquette.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.Changes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EventFeedTest {

  private static final ChangeScope MINE = new ChangeScope("me", null);

  private final Changes log = new Changes();
  private final EventFeed feed = new EventFeed(log, Clock.systemUTC(), Runnable::run);

  private void commit(long... numbers) {
    Arrays.stream(numbers).forEach(number -> log.commit(number, "me"));
    feed.wake();
  }

  private Subscription subscribe(String from) {
    return feed.subscribe(MINE, from == null ? null : StreamPosition.decode(from), () -> {});
  }

  private static List<Long> numbers(List<Subscription.Change> changes) {
    return changes.stream().map(change -> change.event().id()).toList();
  }

  private static List<Long> take(Subscription subscription) {
    return numbers(subscription.take(1000));
  }

  @Test
  void a_new_subscription_gets_a_snapshot_and_the_later_events() {
    commit(1, 2);
    Subscription subscription = subscribe(null);
    assertThat(subscription.isFromSnapshot()).isTrue();
    assertThat(subscription.position().encode()).isEqualTo("2");
    commit(3);
    assertThat(take(subscription)).containsExactly(3L);
  }

  @Test
  void events_of_other_users_are_not_delivered() {
    Subscription subscription = subscribe(null);
    log.commit(1, "somebody else");
    commit(2);
    assertThat(take(subscription)).containsExactly(2L);
  }

  @Test
  void a_reconnection_gets_missed_events_once() {
    commit(1, 2, 3, 4);
    Subscription subscription = subscribe("2");
    assertThat(subscription.isFromSnapshot()).isFalse();
    commit(5);
    assertThat(take(subscription)).containsExactly(3L, 4L, 5L);
    assertThat(subscription.position().encode()).isEqualTo("5");
  }

  @Test
  void a_row_that_becomes_visible_late_is_delivered_even_after_a_reconnection() {
    Subscription first = subscribe(null);
    commit(1, 2);
    commit(5);
    assertThat(take(first)).containsExactly(1L, 2L, 5L);
    assertThat(first.position().encode()).isEqualTo("5.1.2");
    commit(4);
    assertThat(take(first)).containsExactly(4L);
    String left = first.position().encode();
    feed.unsubscribe(first);
    commit(3, 6);
    Subscription second = subscribe(left);
    assertThat(take(second)).containsExactly(3L, 6L);
  }

  @Test
  void a_row_that_was_invisible_at_the_start_of_the_feed_is_delivered() {
    commit(1, 3);
    Subscription subscription = subscribe(null);
    assertThat(subscription.position().encode()).isEqualTo("3.1");
    commit(2);
    assertThat(take(subscription)).containsExactly(2L);
  }

  @Test
  void a_reconnection_after_too_many_events_gets_a_snapshot() {
    commit(LongStream.rangeClosed(1, 1002).toArray());
    assertThat(subscribe("1").isFromSnapshot()).isTrue();
    assertThat(subscribe("2").isFromSnapshot()).isFalse();
  }

  @Test
  void a_position_beyond_the_log_gets_a_snapshot() {
    commit(1, 2);
    Subscription subscription = subscribe("77");
    assertThat(subscription.isFromSnapshot()).isTrue();
    commit(3);
    assertThat(take(subscription)).containsExactly(3L);
  }

  @Test
  void a_node_that_lags_behind_repeats_no_event() {
    commit(1);
    Subscription here = subscribe(null); // this node has read up to row 1
    log.commit(2, "me");
    log.commit(3, "me");
    Subscription moved = subscribe("2"); // another node has sent row 2 already
    feed.wake();
    assertThat(take(moved)).containsExactly(3L);
    assertThat(take(here)).containsExactly(2L, 3L);
  }

  @Test
  void a_slow_subscription_is_closed_and_loses_no_event() {
    Subscription slow = subscribe(null);
    commit(LongStream.rangeClosed(1, 400).toArray());
    assertThat(slow.isOverflown()).isTrue();
    List<Long> heard = new ArrayList<>(numbers(slow.take(10)));
    Subscription back = subscribe(slow.position().encode());
    heard.addAll(take(back));
    assertThat(heard).containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  /** Commits transactions in random order and moves a client between two nodes at random times. */
  @RepeatedTest(200)
  void no_event_is_missed_or_repeated(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    EventFeed[] nodes = {feed, new EventFeed(log, Clock.systemUTC(), Runnable::run)};
    List<Long> order = new ArrayList<>(LongStream.rangeClosed(1, 60).boxed().toList());
    for (int i = 0; i < order.size(); i++) { // a number appears at most ten places late
      Collections.swap(order, i, Math.min(order.size() - 1, i + random.nextInt(10)));
    }
    List<Long> heard = new ArrayList<>();
    EventFeed node = nodes[0];
    Subscription subscription = node.subscribe(MINE, StreamPosition.decode("0"), () -> {});
    for (Long number : order) {
      if (random.nextInt(10) > 0) { // the others are rolled back
        log.commit(number, "me");
      }
      if (random.nextInt(3) == 0) {
        nodes[random.nextInt(2)].wake();
      }
      if (random.nextInt(3) == 0) {
        heard.addAll(numbers(subscription.take(1 + random.nextInt(5))));
      }
      if (random.nextInt(8) == 0) {
        String left = subscription.position().encode();
        node.unsubscribe(subscription);
        node = nodes[random.nextInt(2)];
        subscription = node.subscribe(MINE, StreamPosition.decode(left), () -> {});
        assertThat(subscription.isFromSnapshot()).isFalse();
      }
    }
    node.wake();
    heard.addAll(take(subscription));
    assertThat(heard).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(heard))
        .containsExactlyElementsOf(
            log.read(ChangeScope.ALL, 0, List.of(), 100).stream().map(row -> row.id()).toList());
  }
}
