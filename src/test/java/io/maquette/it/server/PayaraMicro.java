package io.maquette.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Payara Micro with the commands and options of {@code server-config/payara-micro}. */
public final class PayaraMicro extends Server {

  private static final Path CONFIG = Path.of("server-config", "payara-micro").toAbsolutePath();

  private final int jmxPort;
  private final Path root;

  private PayaraMicro(ProcessHandle process, int port, int jmxPort, Path root, Path log) {
    super(
        process,
        URI.create("http://127.0.0.1:" + port),
        URI.create("http://127.0.0.1:" + port + "/health/ready"),
        log);
    this.jmxPort = jmxPort;
    this.root = root;
  }

  /** Starts it and waits until it is ready. */
  public static PayaraMicro start(Path folder, Path war, Map<String, String> environment)
      throws IOException {
    return start(
        folder,
        war,
        environment,
        Path.of(System.getProperty("java.home"), "bin", "java"),
        Path.of(System.getProperty("payara.microJar")));
  }

  /**
   * Starts another version and waits until it is ready.
   *
   * @param java program that runs it
   * @param jar of the server
   */
  public static PayaraMicro start(
      Path folder, Path war, Map<String, String> environment, Path java, Path jar)
      throws IOException {
    int port = freePorts(0, 1);
    // a root of its own: in one that was used before, the old deployment would start first
    Path root = Files.createTempDirectory(Files.createDirectories(folder), "payara");
    Path log = root.resolveSibling(root.getFileName() + ".log");
    List<String> command =
        List.of(
            java.toString(),
            "@" + CONFIG.resolve("jvm.options"),
            "-Xmx512m",
            System.getProperty("it.jvm", "-XX:TieredStopAtLevel=1"),
            "-Dcom.sun.management.jmxremote.port=" + (port + 1),
            "-Dcom.sun.management.jmxremote.rmi.port=" + (port + 1),
            "-jar",
            jar.toString(),
            "--nohazelcast",
            "--disablephonehome",
            "--rootDir",
            root.toString(),
            "--prebootcommandfile",
            CONFIG.resolve("pre-boot.asadmin").toString(),
            "--postbootcommandfile",
            CONFIG.resolve("post-boot.asadmin").toString(),
            "--port",
            Integer.toString(port),
            "--deploy",
            war.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    PayaraMicro server = new PayaraMicro(builder.start().toHandle(), port, port + 1, root, log);
    server.awaitReady(started);
    return server;
  }

  /** The same in a thread of its own, for several at once. */
  public static CompletableFuture<PayaraMicro> starting(
      Path folder, Path war, Map<String, String> environment) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return start(folder, war, environment);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The root is 160 MB, and a build starts a hundred servers. */
  @Override
  void cleanUp() throws IOException, InterruptedException {
    run(Map.of(), "rm", "-rf", root.toString());
  }

  @Override
  boolean isWithoutApplication(String health) throws IOException {
    return health.contains("No Application deployed") && log().contains(" ready in ");
  }

  @Override
  String jmxUrl() {
    return "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/jmxrmi";
  }
}
