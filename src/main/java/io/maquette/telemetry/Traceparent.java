package io.maquette.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trace context as text, in the {@code traceparent} format of W3C's Trace Context. With it, one
 * node continues the trace of another one.
 */
public final class Traceparent {

  /** HTTP header that carries it. */
  public static final String HEADER = "traceparent";

  /** Parent of unrecorded operations outside any trace. */
  private static final SpanContext NOWHERE =
      SpanContext.create(
          "f".repeat(32), "f".repeat(16), TraceFlags.getDefault(), TraceState.getDefault());

  private static final W3CTraceContextPropagator FORM = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<String> ALONE =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of(HEADER);
        }

        @Override
        public String get(String traceparent, String key) {
          return HEADER.equals(key) ? traceparent : null;
        }
      };

  private Traceparent() {}

  /** Returns the trace context of this thread; null where tracing is off. At most 55 characters. */
  public static String current() {
    if (!isSomewhere(Span.current().getSpanContext())) {
      return null;
    }
    Map<String, String> written = new HashMap<>();
    FORM.inject(Context.current(), written, Map::put);
    return written.get(HEADER);
  }

  /** Adds the trace and span of this thread to log fields, if there are any. */
  static void write(Map<String, String> fields) {
    SpanContext place = Span.current().getSpanContext();
    if (isSomewhere(place)) {
      fields.put("trace.id", place.getTraceId());
      fields.put("span.id", place.getSpanId());
    }
  }

  private static boolean isSomewhere(SpanContext place) {
    return place.isValid() && !place.getTraceId().equals(NOWHERE.getTraceId());
  }

  /**
   * Reads a trace context.
   *
   * @param traceparent null or an invalid text for the root context, in which a span begins a new
   *     trace
   */
  static Context read(String traceparent) {
    return traceparent == null ? Context.root() : FORM.extract(Context.root(), traceparent, ALONE);
  }

  /**
   * Reads a trace context without its sampled flag, so that neither it nor its children are
   * recorded.
   *
   * @param traceparent null or an invalid text for a context outside any trace
   */
  static Context unrecorded(String traceparent) {
    SpanContext place = Span.fromContext(read(traceparent)).getSpanContext();
    SpanContext known = place.isValid() ? place : NOWHERE;
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    known.getTraceId(),
                    known.getSpanId(),
                    TraceFlags.getDefault(),
                    TraceState.getDefault())));
  }
}
