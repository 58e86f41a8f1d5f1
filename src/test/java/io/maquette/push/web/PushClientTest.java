package io.maquette.push.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.Messages;
import io.maquette.persistence.Page;
import io.maquette.push.ChangeScope;
import io.maquette.push.EventFeed;
import io.maquette.push.StreamPosition;
import io.maquette.task.Changes;
import io.maquette.task.Task;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskFilter;
import io.maquette.task.TaskQueries;
import io.maquette.task.web.TaskJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that a client receives one message at a time and that its buffer is bounded. */
@Tag("fault")
class PushClientTest {

  private static final ChangeScope MINE = new ChangeScope("me", null);

  /** Channel that completes a message when the test says so. */
  private static final class Channel implements PushChannel {
    private final List<PushMessage> given = new ArrayList<>();
    private CompletableFuture<Void> outgoing;
    private boolean closed;
    private boolean spent;

    @Override
    public boolean isSpent() {
      return spent;
    }

    @Override
    public CompletionStage<?> send(PushMessage message) {
      assertThat(outgoing == null || outgoing.isDone()).as("one after the other").isTrue();
      given.add(message);
      outgoing = new CompletableFuture<>();
      return outgoing;
    }

    /** Completes the current message and all that follow. */
    void takeAll() {
      while (!closed && !outgoing.isDone()) {
        outgoing.complete(null);
      }
    }

    /** Throws like Jersey after its shutdown. */
    @Override
    public void close() {
      closed = true;
      throw new IllegalStateException("has been shut down");
    }

    List<String> types() {
      return given.stream().map(PushMessage::type).toList();
    }

    List<String> ids() {
      return given.stream()
          .filter(message -> message.type().equals("change"))
          .map(PushMessage::id)
          .toList();
    }
  }

  private static final class OneTask extends TaskQueries {
    @Override
    public Page<Task, TaskCursor> list(
        String owner, TaskFilter filter, int limit, TaskCursor after) {
      return new Page<>(List.of(Changes.task(owner)), null);
    }

    @Override
    public List<Task> findAll(String owner, Collection<UUID> ids) {
      return List.of(Changes.task(owner));
    }
  }

  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final Hand clock = new Hand();
  private final Changes log = new Changes();
  private final EventFeed feed = new EventFeed(log, clock, Runnable::run);
  private final List<PushClient> gone = new ArrayList<>();

  private PushClient open(Channel channel, String from) {
    PushClient client =
        new PushClient(
            MINE,
            channel,
            Messages.accepting("en"),
            new OneTask(),
            new TaskJson(),
            feed,
            clock,
            Runnable::run,
            gone::add);
    client.open(from == null ? null : StreamPosition.decode(from));
    return client;
  }

  private void commit(long first, long last) {
    LongStream.rangeClosed(first, last).forEach(number -> log.commit(number, "me"));
    feed.wake();
  }

  private static List<String> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList();
  }

  @Test
  void a_message_waits_until_the_previous_one_is_sent() {
    Channel channel = new Channel();
    open(channel, null);
    commit(1, 3);
    assertThat(channel.types()).containsExactly("snapshot");
    channel.outgoing.complete(null);
    assertThat(channel.types()).containsExactly("snapshot", "change");
    channel.takeAll();
    assertThat(channel.ids()).isEqualTo(numbers(1, 3));
  }

  @Test
  void a_slow_client_gets_the_buffered_events_and_reconnects_for_the_rest() {
    Channel slow = new Channel();
    open(slow, "0");
    commit(1, 500);
    slow.takeAll();
    assertThat(slow.closed).isTrue();
    assertThat(gone).hasSize(1);
    assertThat(slow.ids()).hasSizeLessThan(500);
    Channel back = new Channel();
    open(back, slow.ids().get(slow.ids().size() - 1));
    back.takeAll();
    List<String> heard = new ArrayList<>(slow.ids());
    heard.addAll(back.ids());
    assertThat(heard).isEqualTo(numbers(1, 500));
  }

  @Test
  void a_stream_at_its_limit_ends_between_two_events_and_the_next_one_continues() {
    Channel worn = new Channel();
    open(worn, "0");
    commit(1, 3);
    worn.spent = true;
    worn.takeAll();
    assertThat(worn.closed).isTrue();
    commit(4, 6);
    Channel next = new Channel();
    open(next, worn.ids().get(worn.ids().size() - 1));
    next.takeAll();
    List<String> heard = new ArrayList<>(worn.ids());
    heard.addAll(next.ids());
    assertThat(heard).isEqualTo(numbers(1, 6));
  }

  @Test
  void a_client_that_accepts_nothing_is_closed() {
    Channel stuck = new Channel();
    PushClient client = open(stuck, null);
    clock.now = clock.now.plus(Duration.ofSeconds(29));
    client.beat();
    assertThat(stuck.closed).isFalse();
    clock.now = clock.now.plus(Duration.ofSeconds(2));
    client.beat();
    assertThat(stuck.closed).isTrue();
    commit(1, 1);
    assertThat(stuck.types()).containsExactly("snapshot");
  }

  @Test
  void heartbeats_are_sent_only_while_the_stream_is_silent() {
    Channel channel = new Channel();
    PushClient client = open(channel, "0");
    client.beat();
    channel.takeAll();
    assertThat(channel.types()).containsExactly("heartbeat");
    commit(1, 2);
    client.beat();
    channel.takeAll();
    assertThat(channel.types()).containsExactly("heartbeat", "change", "change");
  }

  @Test
  void a_disconnected_client_is_removed() {
    Channel channel = new Channel();
    open(channel, null);
    channel.outgoing.completeExceptionally(new IllegalStateException("reset by peer"));
    assertThat(channel.closed).isTrue();
    assertThat(gone).hasSize(1);
  }
}
