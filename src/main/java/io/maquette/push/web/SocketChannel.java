package io.maquette.push.web;

import io.maquette.json.GuardedJson;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connection to a WebSocket client; each message is one text frame. */
final class SocketChannel implements PushChannel {

  private static final Logger LOG = Logger.getLogger(SocketChannel.class.getName());

  private final Session session;

  SocketChannel(Session session) {
    this.session = session;
  }

  @Override
  public CompletionStage<?> send(PushMessage message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    session
        .getAsyncRemote()
        .sendText(
            text(message),
            result -> {
              if (result.isOK()) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(result.getException());
              }
            });
    return sent;
  }

  /** Returns false, because the server reports a frame as sent only after it was sent. */
  @Override
  public boolean isSpent() {
    return false;
  }

  private static String text(PushMessage message) {
    JsonObjectBuilder frame = Json.createObjectBuilder().add("type", message.type());
    if (message.id() != null) {
      frame.add("id", message.id());
    }
    return frame.add("data", GuardedJson.object(message.data())).build().toString();
  }

  @Override
  public void close() {
    close(session, CloseReason.CloseCodes.GOING_AWAY, "come back with the last id");
  }

  static void close(Session session, CloseReason.CloseCode code, String reason) {
    try {
      session.close(new CloseReason(code, reason));
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "The WebSocket is already closed", e);
    }
  }
}
