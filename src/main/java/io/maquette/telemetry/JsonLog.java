package io.maquette.telemetry;

import io.maquette.cluster.LocalNode;
import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
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
import java.util.List;
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
}
