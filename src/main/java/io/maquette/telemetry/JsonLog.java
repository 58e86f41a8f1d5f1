package io.maquette.telemetry;

import co.elastic.logging.jul.EcsFormatter;
import io.maquette.cluster.LocalNode;
import io.maquette.config.Confidential;
import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.config.Version;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * JSON log of the application, in addition to the server's own log, if {@code maquette.log.json}
 * enables it. It starts before and stops after all other parts of the application.
 */
@ApplicationScoped
public class JsonLog {

  /**
   * A strong reference, because the garbage collector would otherwise remove the logger and its
   * handler.
   */
  private static final Logger OURS = Logger.getLogger("io.maquette");

  private static final int BYTES = 10_000_000;
  private static final int FILES = 10;

  @Inject private Settings settings;
  @Inject private LocalNode node;

  private Handler handler;

  /**
   * Starts the JSON log.
   *
   * @throws InvalidSettingsException if the file cannot be written
   */
  public void begin() {
    String to = settings.get(Setting.LOG_JSON);
    if (!to.isEmpty()) {
      handler = to.equals("-") ? new StandardOutput() : file(Path.of(to));
      handler.setFormatter(new JsonLines(node));
      OURS.addHandler(handler);
    }
  }

  @PreDestroy
  void end() {
    if (handler != null) {
      OURS.removeHandler(handler);
      handler.close();
    }
  }

  /**
   * Opens a log file.
   *
   * @throws InvalidSettingsException if it cannot be written
   */
  static Handler file(Path file) {
    try {
      Files.createDirectories(file.getParent());
      String pattern = file.toString().replace("%", "%%") + ".%g";
      Handler handler = new FileHandler(pattern, BYTES, FILES, true);
      handler.setEncoding(StandardCharsets.UTF_8.name());
      return handler;
    } catch (IOException e) {
      throw new InvalidSettingsException(
          List.of(Setting.LOG_JSON.name() + "=" + file + " cannot be written: " + e));
    }
  }

  /**
   * Handler for the process's own standard output. Payara replaces {@code System.out} and logs what
   * is printed there.
   */
  private static final class StandardOutput extends StreamHandler {

    StandardOutput() {
      setOutputStream(open());
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (IOException e) {
        throw new IllegalStateException(e); // every JDK supports UTF-8
      }
    }

    private static OutputStream open() {
      return new FileOutputStream(FileDescriptor.out);
    }

    @Override
    public synchronized void publish(LogRecord event) {
      super.publish(event);
      flush();
    }

    /** Flushes only, because other code still writes to standard output. */
    @Override
    public synchronized void close() {
      flush();
    }
  }

  /** Formatter of log records as lines of JSON in the Elastic Common Schema. */
  static final class JsonLines extends EcsFormatter {

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
      LogRecord shown = new LogRecord(event.getLevel(), event.getMessage());
      shown.setLoggerName(event.getLoggerName());
      shown.setInstant(event.getInstant());
      shown.setLongThreadID(event.getLongThreadID());
      shown.setThrown(event.getThrown());
      shown.setParameters(
          Arrays.stream(event.getParameters())
              .map(value -> value instanceof Confidential ? Confidential.LEFT_OUT : value)
              .toArray());
      return shown;
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

  /** Log context of a thread: fields that the {@link JsonLog} adds to each record. */
  static final class LogFields {

    private static final ThreadLocal<Map<String, String>> CURRENT = new ThreadLocal<>();

    private LogFields() {}

    /** Returns the fields of this thread. */
    static Map<String, String> current() {
      Map<String, String> fields = CURRENT.get();
      return fields == null ? Map.of() : fields;
    }

    /**
     * Adds fields to those of this thread.
     *
     * @return the previous fields, for {@link #reset}; null if there were none
     */
    static Map<String, String> add(Map<String, String> fields) {
      Map<String, String> before = CURRENT.get();
      Map<String, String> now = new TreeMap<>(before == null ? Map.of() : before);
      now.putAll(fields);
      CURRENT.set(now);
      return before;
    }

    /** Restores the previous fields, so that none stays on a thread of the server. */
    static void reset(Map<String, String> before) {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }
}
