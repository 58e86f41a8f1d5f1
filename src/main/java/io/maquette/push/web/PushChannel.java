package io.maquette.push.web;

import java.util.concurrent.CompletionStage;

/** Connection to a client: Server-Sent Events or a WebSocket. */
interface PushChannel {

  /**
   * Sends a message; the caller sends the next one after the returned stage has completed.
   *
   * @throws RuntimeException if the client has disconnected; the stage may report this instead
   */
  CompletionStage<?> send(PushMessage message);

  /**
   * Returns whether the connection has sent as much as one connection may. Some servers do not
   * report that a client does not read. For them, this is the only bound on what they buffer.
   */
  boolean isSpent();

  /** Closes the connection; the client may reconnect. A second call has no effect. */
  void close();
}
