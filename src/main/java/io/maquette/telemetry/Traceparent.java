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

/** A place in a trace as text, by W3C's Trace Context; so one node can go on where another was. */
public final class Traceparent {

  /** The header that carries it. */
  public static final String HEADER = "traceparent";

  /** Stands in for a trace where there is none. */
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

  /** Where this thread is now; null where nobody traces. At most 55 characters. */
  public static String current() {
    if (!isSomewhere(Span.current().getSpanContext())) {
      return null;
    }
    Map<String, String> written = new HashMap<>();
    FORM.inject(Context.current(), written, Map::put);
    return written.get(HEADER);
  }

  /** Says in the log where this thread is, unless that is nowhere. */
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
   * The context of a place, or of a trace that is still to begin.
   *
   * @param traceparent null or no such text for none
   */
  static Context read(String traceparent) {
    return traceparent == null ? Context.root() : FORM.extract(Context.root(), traceparent, ALONE);
  }

  /**
   * A place that is not recorded, nor is what is done there: its sampled flag is not set.
   *
   * @param traceparent null or no such text for one in a trace of its own
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
