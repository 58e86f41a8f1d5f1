package io.maquette.platform;

import co.elastic.logging.jul.EcsFormatter;
import java.util.Map;
import java.util.TreeMap;

/** A record of the log as a line of JSON, by the Elastic Common Schema. */
final class JsonLines extends EcsFormatter {

  private final Node node;

  JsonLines(Node node) {
    this.node = node;
    setServiceName("maquette");
    setServiceVersion(Version.CURRENT);
  }

  /** The name of a node may change after its start. */
  @Override
  protected Map<String, String> getMdcEntries() {
    Map<String, String> fields = new TreeMap<>(LogFields.current());
    fields.put("service.node.name", node.name());
    Traceparent.write(fields);
    return fields;
  }
}
