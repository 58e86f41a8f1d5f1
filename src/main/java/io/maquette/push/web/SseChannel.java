package io.maquette.push.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Connection to a client of Server-Sent Events. */
final class SseChannel implements PushChannel {

  /** Time that a browser waits before it reconnects. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");

  /** Maximum length of one stream in characters; this is usually about 200 changes. */
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

  /**
   * Returns whether the stream has reached its maximum length. Servers report an event as sent
   * while it still waits for the client to read.
   */
  @Override
  public boolean isSpent() {
    return sent >= MAX_LENGTH;
  }

  @Override
  public void close() {
    sink.close();
  }
}
