package io.maquette.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes the spans that servers export by OTLP over HTTP, as a collector of traces does. */
public final class Collector implements AutoCloseable {

  /** A span as it came. */
  record Told(
      String trace,
      String id,
      String parent,
      String name,
      Span.SpanKind kind,
      boolean failed,
      Map<String, String> attributes,
      Map<String, String> from) {

    /** The node whose worker it was; null for what a server tells by itself. */
    String node() {
      return attributes.get("maquette.node");
    }

    private static Told of(Span span, List<KeyValue> from) {
      return new Told(
          hex(span.getTraceId().toByteArray()),
          hex(span.getSpanId().toByteArray()),
          hex(span.getParentSpanId().toByteArray()),
          span.getName(),
          span.getKind(),
          span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
          texts(span.getAttributesList()),
          texts(from));
    }

    private static String hex(byte[] id) {
      return HexFormat.of().formatHex(id);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
      return attributes.stream()
          .collect(
              Collectors.toMap(
                  KeyValue::getKey,
                  one ->
                      one.getValue().hasStringValue()
                          ? one.getValue().getStringValue()
                          : one.getValue().toString().strip()));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Told> spans = new CopyOnWriteArrayList<>();

  public Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      InputStream body = exchange.getRequestBody();
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(packed ? new GZIPInputStream(body) : body);
      request
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource.getScopeSpansList().stream()
                      .flatMap(scope -> scope.getSpansList().stream())
                      .map(span -> Told.of(span, resource.getResource().getAttributesList()))
                      .forEach(spans::add));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** What has a server tell its traces here, as those of this node. */
  public Map<String, String> environment(String node) {
    return Map.of(
        "OTEL_SDK_DISABLED", "false",
        "OTEL_SERVICE_NAME", "maquette",
        "OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=" + node,
        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT", url().toString(),
        "OTEL_METRICS_EXPORTER", "none",
        "OTEL_LOGS_EXPORTER", "none",
        "OTEL_BSP_SCHEDULE_DELAY", "200");
  }

  /** All spans so far. */
  List<Told> all() {
    return spans;
  }

  /** Those of a trace. */
  Stream<Told> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace));
  }

  /** The span of this id. */
  Optional<Told> find(String id) {
    return spans.stream().filter(span -> span.id().equals(id)).findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
