package io.maquette.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.telemetry.Subject.Trait;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracingTest {

  private static final String REQUEST = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final InMemorySpanExporter told = InMemorySpanExporter.create();
  private final Tracing trails =
      new Tracing(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(told))
                      .build())
              .build(),
          new LocalNode("north", false));

  private static Subject about(String task) {
    return new Subject().with(Trait.TASK, task).with(Trait.USER, "ann").with(Trait.STAGE, null);
  }

  @Test
  void a_step_continues_the_trace_of_its_request() {
    String within;
    try (TraceScope step = trails.follow("step", REQUEST, about("t1"))) {
      within = Traceparent.current();
      try (TraceScope call = trails.call("call", new Subject().with(Trait.PROVIDER, "meshy"))) {
        call.note(Trait.OUTCOME, "refused");
        call.failed("refused");
      }
      step.note(Trait.OUTCOME, "ok");
    }
    List<SpanData> spans = told.getFinishedSpanItems();
    assertThat(spans).hasSize(2).allMatch(span -> span.getTraceId().equals(TRACE));
    SpanData call = spans.get(0);
    SpanData step = spans.get(1);
    assertThat(step.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(call.getParentSpanId()).isEqualTo(step.getSpanId());
    assertThat(within).isEqualTo("00-" + TRACE + "-" + step.getSpanId() + "-01");
    assertThat(step.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("maquette.task"), "t1")
        .containsEntry(AttributeKey.stringKey("maquette.user"), "ann")
        .containsEntry(AttributeKey.stringKey("maquette.node"), "north")
        .doesNotContainKey(AttributeKey.stringKey("maquette.stage"));
    assertThat(Traceparent.current()).isNull();
  }

  @Test
  void an_unreadable_trace_context_begins_a_new_trace() {
    for (String none : new String[] {null, "", "00-xyz", "\r\n"}) {
      trails.follow("step", none, about("t1")).close();
    }
    assertThat(told.getFinishedSpanItems())
        .hasSize(4)
        .allMatch(span -> span.getParentSpanId().equals("0000000000000000"));
  }

  @Test
  void a_quiet_operation_and_its_parts_are_only_in_the_log() {
    for (String trace : new String[] {REQUEST, null}) {
      try (TraceScope quiet = trails.quietly(trace, about("t1"))) {
        quiet.failed("nobody hears");
        assertThat(Traceparent.current())
            .isEqualTo(trace == null ? null : REQUEST.replaceAll("01$", "00"));
        assertThat(JsonLog.LogFields.current()).containsEntry("labels.task", "t1");
        trails.call("call", new Subject()).close();
      }
    }
    assertThat(told.getFinishedSpanItems()).isEmpty();
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // as Payara does if a REST call breaks off
  void a_span_left_open_by_a_call_ends_with_its_step() {
    Context before = Context.current();
    try (TraceScope step = trails.follow("step", REQUEST, about("t1"))) {
      step.note(Trait.OUTCOME, "ok");
      Context.current().with(Span.getInvalid()).makeCurrent();
    }
    assertThat(Context.current()).isSameAs(before);
    assertThat(JsonLog.LogFields.current()).isEmpty();
  }

  @Test
  void another_thread_continues_the_same_trace() throws Exception {
    String[] there = new String[1];
    Runnable carried;
    try (TraceScope step = trails.follow("step", REQUEST, about("t1"))) {
      step.note(Trait.OUTCOME, "ok");
      carried = Tracing.carried(() -> there[0] = Traceparent.current());
    }
    Thread thread = new Thread(carried);
    thread.start();
    thread.join();
    assertThat(there[0]).contains(TRACE);
  }
}
