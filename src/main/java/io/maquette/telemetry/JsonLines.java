package io.maquette.telemetry;

import co.elastic.logging.jul.EcsFormatter;
import io.maquette.cluster.LocalNode;
import io.maquette.config.Confidential;
import io.maquette.config.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogRecord;

/** Formatter of log records as lines of JSON in the Elastic Common Schema. */
final class JsonLines extends EcsFormatter {

  private final LocalNode node;

  JsonLines(LocalNode node) {
    this.node = node;
    setServiceName("maquette");
    setServiceVersion(Version.CURRENT);
  }

  @Override
  public String format(LogRecord event) {
    return super.format(isConfidential(event) ? withoutConfidentials(event) : event);
  }

  private static boolean isConfidential(LogRecord event) {
    return event.getParameters() != null
        && Arrays.stream(event.getParameters()).anyMatch(Confidential.class::isInstance);
  }

  private static LogRecord withoutConfidentials(LogRecord event) {
    LogRecord told = new LogRecord(event.getLevel(), event.getMessage());
    told.setLoggerName(event.getLoggerName());
    told.setInstant(event.getInstant());
    told.setLongThreadID(event.getLongThreadID());
    told.setThrown(event.getThrown());
    told.setParameters(
        Arrays.stream(event.getParameters())
            .map(value -> value instanceof Confidential ? Confidential.LEFT_OUT : value)
            .toArray());
    return told;
  }

  /** Adds the log context and the node's name, which may change after the start. */
  @Override
  protected Map<String, String> getMdcEntries() {
    Map<String, String> fields = new TreeMap<>(LogFields.current());
    fields.put("service.node.name", node.name());
    Traceparent.write(fields);
    return fields;
  }
}
