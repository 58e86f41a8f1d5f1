package io.maquette.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real server process, started as an operator would and killed as a power cut would. */
final class ServerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Process process;
  private final URI base;
  private final Path log;

  private ServerProcess(Process process, URI base, Path log) {
    this.process = process;
    this.base = base;
    this.log = log;
  }

  /** Starts Payara Micro with the WAR and waits until it says that it is ready. */
  static ServerProcess start(Path folder, Path war, Map<String, String> environment)
      throws IOException {
    int port = freePort();
    // a root of its own: in one that was used before, the old deployment would start first
    Path root = Files.createTempDirectory(Files.createDirectories(folder), "payara");
    Path log = root.resolveSibling(root.getFileName() + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                System.getProperty("payara.microJar"),
                "--nocluster",
                "--rootDir",
                root.toString(),
                "--port",
                Integer.toString(port),
                "--contextRoot",
                "/",
                "--deploy",
                war.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    ServerProcess server =
        new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log);
    Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroyForcibly));
    try {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(200))
          .failFast(() -> !server.process.isAlive() || server.isEmpty())
          .until(server::isReady);
    } catch (RuntimeException e) {
      server.kill();
      throw new IllegalStateException("not ready:\n" + server.log(), e);
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() {
    HttpResponse<String> health = health();
    // without the application's own checks an empty server would be ready, too
    return health != null && health.statusCode() == 200 && health.body().contains("\"workers\"");
  }

  /** Whether the server has started, but without the application. */
  private boolean isEmpty() throws IOException {
    HttpResponse<String> health = health();
    return health != null
        && health.body().contains("No Application deployed")
        && log().contains(" ready in ");
  }

  private HttpResponse<String> health() {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(base.resolve("/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return null; // not listening yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  URI base() {
    return base;
  }

  long pid() {
    return process.pid();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + pid() + " would not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A polite stop, as a service manager would ask for. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("process " + pid() + " did not stop when asked to");
    }
  }

  @Override
  public void close() {
    kill();
  }
}
