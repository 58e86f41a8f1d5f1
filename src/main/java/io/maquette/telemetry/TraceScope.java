package io.maquette.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;

/**
 * Scope of an operation: a span of a trace, if there is one, and the log context of all records
 * meanwhile. The same thread opens and closes it.
 */
public final class TraceScope implements AutoCloseable {

  /** A scope without a span and without log context. */
  public static final TraceScope NONE = new TraceScope();

  private final Span span;
  private final Context before;
  private final Scope scope;
  private final Map<String, String> fieldsBefore;

  private TraceScope() {
    span = null;
    before = null;
    scope = null;
    fieldsBefore = null;
  }

  /**
   * Opens a scope.
   *
   * @param span ended with the scope; null for none
   * @param context current context while the scope is open; null to keep the current one
   */
  @SuppressWarnings("MustBeClosedChecker") // closed by this object
  TraceScope(Span span, Context context, Subject subject) {
    this.span = span;
    before = Context.current();
    scope = context == null ? null : context.makeCurrent();
    fieldsBefore = JsonLog.LogFields.add(subject.fields());
  }

  /** Adds an attribute to the span, e.g. the outcome. */
  public void note(Subject.Trait trait, String value) {
    if (span != null) {
      span.setAttribute(trait.attribute(), value);
    }
  }

  /** Marks the span as failed, with the reason. */
  public void failed(String why) {
    if (span != null) {
      span.setStatus(StatusCode.ERROR, why);
    }
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // restores the previous context
  public void close() {
    if (this == NONE) {
      return;
    }
    JsonLog.LogFields.reset(fieldsBefore);
    if (scope != null) {
      scope.close();
      if (Context.current() != before) {
        before.makeCurrent(); // Payara leaves the span of an aborted REST call current
      }
    }
    if (span != null) {
      span.end();
    }
  }
}
