package io.maquette.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;

/**
 * What a thread does from its beginning until it is closed, in the same thread, told as one: as a
 * span of a trace where there is one, and by fields of all that is logged meanwhile.
 */
public final class TraceScope implements AutoCloseable {

  /** Tells nothing. */
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
   * Begins.
   *
   * @param span ends with it; null if there is none
   * @param context is current meanwhile; null for the one that is
   */
  @SuppressWarnings("MustBeClosedChecker") // with this
  TraceScope(Span span, Context context, Subject subject) {
    this.span = span;
    before = Context.current();
    scope = context == null ? null : context.makeCurrent();
    fieldsBefore = LogFields.add(subject.fields());
  }

  /** Says what became of it. */
  public void note(Subject.Trait trait, String value) {
    if (span != null) {
      span.setAttribute(trait.attribute(), value);
    }
  }

  /** It failed, for this reason. */
  public void failed(String why) {
    if (span != null) {
      span.setStatus(StatusCode.ERROR, why);
    }
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // it is as it was before
  public void close() {
    if (this == NONE) {
      return;
    }
    LogFields.reset(fieldsBefore);
    if (scope != null) {
      scope.close();
      if (Context.current() != before) {
        before.makeCurrent(); // Payara leaves the span of a REST call that broke off behind
      }
    }
    if (span != null) {
      span.end();
    }
  }
}
