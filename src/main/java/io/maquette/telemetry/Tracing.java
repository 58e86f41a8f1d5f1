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
 * Factory of spans, by the server's OpenTelemetry, and of log context for the {@link JsonLog}. The
 * server itself traces requests and calls of REST clients. Tracing is off unless {@code
 * otel.sdk.disabled=false}; a span then costs almost nothing.
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
   * Begins a span that continues a trace.
   *
   * @param name name of the span, the same for all operations of a kind
   * @param traceparent context in which the trace continues, of any node; null begins a trace
   */
  public TraceScope follow(String name, String traceparent, Subject subject) {
    return begin(name, SpanKind.INTERNAL, Traceparent.read(traceparent), subject);
  }

  /** Begins the span of a call to another system, as a child of this thread's span. */
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

  /**
   * Adds log context without a span, for operations that are too frequent to record in their trace.
   */
  public TraceScope quietly(String traceparent, Subject subject) {
    return new TraceScope(null, Traceparent.unrecorded(traceparent), subject);
  }

  /** Adds log context without a span, and keeps the current trace of the server. */
  public static TraceScope inLogs(Subject subject) {
    return new TraceScope(null, null, subject);
  }

  /** Adds the task to this thread's span once the task is known. */
  public static void about(Object task) {
    Span.current().setAttribute(Subject.Trait.TASK.attribute(), task.toString());
  }

  /** Wraps work so that it continues this thread's trace on another thread. */
  public static Runnable carried(Runnable work) {
    return Context.current().wrap(work);
  }
}
