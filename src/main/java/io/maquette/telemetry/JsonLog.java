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
 * Writes what the application logs as JSON, beside the server's own log, where {@code
 * maquette.log.json} says so: from before anything else starts until all else has stopped.
 */
@ApplicationScoped
public class JsonLog {

  /** Held, as nobody else need hold it: the handler would go with it. */
  private static final Logger OURS = Logger.getLogger("io.maquette");

  private static final int BYTES = 10_000_000;
  private static final int FILES = 10;

  @Inject private Settings settings;
  @Inject private LocalNode node;

  private Handler handler;

  /**
   * Begins.
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
   * Opens a file.
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

  /** The process's own, not what a server makes of it: Payara logs what is printed. */
  private static final class StandardOutput extends StreamHandler {

    StandardOutput() {
      setOutputStream(open());
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (IOException e) {
        throw new IllegalStateException(e); // every JDK has it
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

    /** Others go on writing to it. */
    @Override
    public synchronized void close() {
      flush();
    }
  }
}
