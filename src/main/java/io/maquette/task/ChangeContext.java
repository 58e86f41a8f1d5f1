package io.maquette.task;

import io.maquette.telemetry.Traceparent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Author, node, time and trace of a change to a task; every history row stores them.
 *
 * @param actor {@code user:<name>}, {@code operator:<name>}, {@code worker:<name>} or {@code
 *     schedule}
 * @param node the node that makes the change
 * @param at database time, truncated to microseconds
 * @param trace the W3C trace context of the change; null if it is not traced
 */
public record ChangeContext(String actor, String node, Instant at, String trace) {

  /** Creates a context with the current trace of the calling thread. */
  public ChangeContext(String actor, String node, Instant at) {
    this(actor, node, at, Traceparent.current());
  }

  public ChangeContext {
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(node, "node");
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Returns this context with at least the given time. The clocks of nodes differ, and an operator
   * may set a clock back.
   */
  public ChangeContext notBefore(Instant earliest) {
    return earliest.isAfter(at) ? new ChangeContext(actor, node, earliest, trace) : this;
  }
}
