package io.maquette.cluster;

import java.time.Instant;

/**
 * Row of a node.
 *
 * @param name its name in leases and in the history
 * @param version version of the application
 * @param host host name of the machine
 * @param hands number of steps that each worker runs at once, as text
 * @param startedAt time of the start
 * @param seenAt time of the latest heartbeat
 * @param state whether the node is live
 */
public record NodeStatus(
    String name,
    String version,
    String host,
    String hands,
    Instant startedAt,
    Instant seenAt,
    State state) {

  /** Liveness of a node. */
  public enum State {
    /** The latest heartbeat is recent. */
    UP,
    /** The node was stopped and released its leases. */
    STOPPED,
    /** The node fell silent; other nodes take over its tasks. */
    GONE
  }
}
