package io.maquette.cluster;

import java.time.Instant;

/**
 * A node as its row has it.
 *
 * @param name in leases and histories
 * @param version of the application
 * @param host the machine's own name
 * @param hands how many steps each of its workers does at once, as text
 * @param startedAt when it started
 * @param seenAt when it last said that it lives
 * @param state whether it does
 */
public record NodeStatus(
    String name,
    String version,
    String host,
    String hands,
    Instant startedAt,
    Instant seenAt,
    State state) {

  /** Whether a node lives. */
  public enum State {
    /** It said so lately. */
    UP,
    /** It was stopped and gave back what it held. */
    STOPPED,
    /** It fell silent; others go on with what it held. */
    GONE
  }
}
