package io.maquette.push.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client of Server-Sent Events. */
final class SseChannel implements PushChannel {

  /** How long a browser waits before it comes back. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");

  /** So much goes out on one stream, in characters: as a rule some two hundred changes. */
  private static final long MAX_LENGTH = 512 << 10;

  private final SseEventSink sink;
  private final Sse events;
  private long sent;

  SseChannel(SseEventSink sink, Sse events) {
    this.sink = sink;
    this.events = events;
  }

  @Override
  public CompletionStage<?> send(PushMessage message) {
    OutboundSseEvent.Builder event =
        events
            .newEventBuilder()
            .name(message.type())
            .mediaType(TEXT)
            .data(String.class, message.data())
            .reconnectDelay(RECONNECT.toMillis());
    if (message.id() != null) {
      event.id(message.id());
    }
    sent += message.data().length();
    return sink.send(event.build());
  }

  /** Servers take an event for sent that only waits for the client to read. */
  @Override
  public boolean isSpent() {
    return sent >= MAX_LENGTH;
  }

  @Override
  public void close() {
    sink.close();
  }
}
