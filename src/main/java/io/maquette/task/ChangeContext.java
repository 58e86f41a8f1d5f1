package io.maquette.task;

import io.maquette.telemetry.Traceparent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Who changes a task, where and when; every row of its history says so.
 *
 * @param actor {@code user:<name>}, {@code operator:<name>}, {@code worker:<name>} or {@code
 *     schedule}
 * @param node the node it happens on
 * @param at database time, to the microsecond
 * @param trace where in a trace it is made, as W3C writes that; null where nobody traces
 */
public record ChangeContext(String actor, String node, Instant at, String trace) {

  /** A change that is made here and now. */
  public ChangeContext(String actor, String node, Instant at) {
    this(actor, node, at, Traceparent.current());
  }

  public ChangeContext {
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(node, "node");
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** The same, but not earlier than this: clocks of nodes differ, and may be set back. */
  public ChangeContext notBefore(Instant earliest) {
    return earliest.isAfter(at) ? new ChangeContext(actor, node, earliest, trace) : this;
  }
}
