package io.maquette.it.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A real server process with the application in it, set up and started as its README in {@code
 * server-config} says, stopped as a service manager would and killed as a power cut would.
 */
public abstract class Server implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(5);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final ProcessHandle process;
  private final URI base;
  private final URI health;
  private final Path log;
  private Duration startToReady;

  Server(ProcessHandle process, URI base, URI health, Path log) {
    this.process = process;
    this.base = base;
    this.health = health;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Opens JMX as an operator's tool on the same machine would. */
  @SuppressWarnings("BanJNDI") // the server is our own, on this machine
  public JMXConnector jmx() throws IOException {
    return JMXConnectorFactory.connect(new JMXServiceURL(jmxUrl()), jmxEnvironment());
  }

  abstract String jmxUrl();

  Map<String, ?> jmxEnvironment() throws IOException {
    return Map.of();
  }

  /** Whether the server has started, but could not start the application. */
  abstract boolean isWithoutApplication(String health) throws IOException;

  /** Waits until the server says that the application is ready. */
  void awaitReady(long startedNanos) throws IOException {
    try {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .failFast(() -> !process.isAlive() || isWithoutApplication(health().body()))
          // between the last servlet's loading and the first request that finds it is a moment
          .until(() -> isReady() && ask(base).status() < 400);
    } catch (RuntimeException e) {
      kill();
      throw new IllegalStateException("not ready:\n" + log(), e);
    }
    startToReady = Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Whether the server says so itself now. */
  public boolean isReady() {
    Answer health = health();
    // without the application's own checks an empty server would be ready, too
    return health.status() == 200 && health.body().contains("\"workers\"");
  }

  private record Answer(int status, String body) {}

  private Answer health() {
    return ask(health);
  }

  private static Answer ask(URI address) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, ""); // not listening yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "");
    }
  }

  /** What the server answers when asked whether it is ready. */
  public String readiness() {
    return health().body();
  }

  public URI base() {
    return base;
  }

  public long pid() {
    return process.pid();
  }

  /** From the command that started the process to the first answer that it is ready. */
  public Duration startToReady() {
    return startToReady;
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Memory resident, in bytes. */
  public long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** {@code kill -STOP}: it does nothing until {@link #resume}, and whoever waits for it waits. */
  public void pause() throws IOException, InterruptedException {
    run(Map.of(), "kill", "-STOP", Long.toString(pid()));
  }

  /** Goes on after {@link #pause}. */
  public void resume() throws IOException, InterruptedException {
    run(Map.of(), "kill", "-CONT", Long.toString(pid()));
  }

  /** A polite stop, as a service manager would ask for. */
  public void stop() {
    process.destroy();
    awaitEnd(Duration.ofSeconds(60));
  }

  /** Takes away what nobody needs once the process has ended. */
  void cleanUp() throws IOException, InterruptedException {}

  private void awaitEnd(Duration patience) {
    try {
      process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
      cleanUp();
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("process " + pid() + " did not end when asked to", e);
    } catch (ExecutionException | IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }

  /**
   * A port at which, and at these distances from which, nobody listens. Below those that the kernel
   * gives to outgoing connections: one of them could take it before the server does. It is given to
   * nobody else until this process ends, as a server takes a while before it listens.
   */
  public static int freePorts(int... distances) throws IOException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int first = 10_000 + 100 * ThreadLocalRandom.current().nextInt(220);
      if (!isOurs(first)) {
        continue;
      }
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        for (int distance : distances) {
          sockets.add(new ServerSocket(first + distance));
        }
        return first;
      } catch (IOException e) {
        // taken; another number
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    }
    throw new IOException("no free ports");
  }

  /** Holds a file's lock for it, which other builds on this machine respect, too. */
  private static synchronized boolean isOurs(int port) throws IOException {
    Path folder =
        Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "maquette-ports"));
    FileChannel file =
        FileChannel.open(
            folder.resolve(Integer.toString(port)),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return true; // the channel stays open, and so the lock stays held
      }
    } catch (OverlappingFileLockException e) {
      // one of this process's own
    }
    file.close();
    return false;
  }

  /**
   * Runs a command to its end.
   *
   * @return what it printed
   * @throws IllegalStateException if it ends with a failure
   */
  static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String printed = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + printed);
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
