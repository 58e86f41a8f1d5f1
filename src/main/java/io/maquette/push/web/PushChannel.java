package io.maquette.push.web;

import java.util.concurrent.CompletionStage;

/** The way to a client: Server-Sent Events or a WebSocket. */
interface PushChannel {

  /**
   * Sends a message; the next one is sent when this has ended.
   *
   * @throws RuntimeException if the client is gone, as the stage may say instead
   */
  CompletionStage<?> send(PushMessage message);

  /**
   * Whether it has carried as much as one connection may: what servers keep for a client that does
   * not read is bounded by this alone where they do not say that it does not.
   */
  boolean isSpent();

  /** Ends the connection; a client that wants more comes back. Does nothing a second time. */
  void close();
}
