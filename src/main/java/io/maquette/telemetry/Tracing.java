package io.maquette.telemetry;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Version;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Tells what is done in traces, by the server's OpenTelemetry, and in the {@link JsonLog}. Requests
 * and calls of REST clients are traced by the server itself. Where tracing is off, which it is
 * unless {@code otel.sdk.disabled=false}, a span costs next to nothing.
 */
@ApplicationScoped
public class Tracing {

  private Tracer tracer;
  private LocalNode node;

  /** For CDI. */
  protected Tracing() {}

  @Inject
  public Tracing(OpenTelemetry telemetry, LocalNode node) {
    tracer = telemetry.getTracer("io.maquette", Version.CURRENT);
    this.node = node;
  }

  /**
   * Begins something that goes on with a trace.
   *
   * @param name the same for all of its kind
   * @param traceparent where the trace was left, on whatever node; null begins one
   */
  public TraceScope follow(String name, String traceparent, Subject subject) {
    return begin(name, SpanKind.INTERNAL, Traceparent.read(traceparent), subject);
  }

  /** Begins a call to another system, as part of what this thread is doing. */
  public TraceScope call(String name, Subject subject) {
    return begin(name, SpanKind.CLIENT, Context.current(), subject);
  }

  private TraceScope begin(String name, SpanKind kind, Context parent, Subject subject) {
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(parent)
            .setAllAttributes(subject.attributes())
            .setAttribute(Subject.Trait.NODE.attribute(), node.name())
            .startSpan();
    return new TraceScope(span, parent.with(span), subject);
  }

  /** Begins something that is too frequent to be told in the trace it belongs to: in logs alone. */
  public TraceScope quietly(String traceparent, Subject subject) {
    return new TraceScope(null, Traceparent.unrecorded(traceparent), subject);
  }

  /** Tells in logs alone what this thread does; a trace of the server's goes on. */
  public static TraceScope inLogs(Subject subject) {
    return new TraceScope(null, null, subject);
  }

  /** Says of what this thread is doing which task it is about, once that is known. */
  public static void about(Object task) {
    Span.current().setAttribute(Subject.Trait.TASK.attribute(), task.toString());
  }

  /** The same work in another thread, as part of the same trace. */
  public static Runnable carried(Runnable work) {
    return Context.current().wrap(work);
  }
}
