package io.maquette.it.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A domain of Payara Server, made by {@code server-config/payara-server/install.sh}. */
public final class PayaraServer extends ManagedServer {

  private static final Path HOME = Path.of(System.getProperty("payara.home"));
  private static final String ASADMIN = HOME.resolve("bin/asadmin").toString();
  private static final String DOMAIN = "maquette";
  private static final Path INSTALL =
      Path.of("server-config", "payara-server", "install.sh").toAbsolutePath();

  private final int portBase;
  private Duration deployment;

  private PayaraServer(ProcessHandle process, int portBase, Path log) {
    super(
        process,
        URI.create("http://127.0.0.1:" + (portBase + 80)),
        URI.create("http://127.0.0.1:" + (portBase + 80) + "/health/ready"),
        log);
    this.portBase = portBase;
  }

  /**
   * Starts the domain in a folder, which the first time is made by the script and given the
   * application.
   */
  public static PayaraServer start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path domain = folder.resolve(DOMAIN);
    Duration deployment = Duration.ZERO;
    if (!Files.exists(domain)) {
      int portBase = freePorts(48, 76, 80, 81, 86);
      run(
          environment,
          INSTALL.toString(),
          HOME.toString(),
          domain.toString(),
          Integer.toString(portBase));
      Files.writeString(folder.resolve("portbase"), Integer.toString(portBase));
      asadmin(environment, folder, "start-domain", DOMAIN);
      String port = Integer.toString(portBase + 48);
      long began = System.nanoTime();
      run(environment, ASADMIN, "--port", port, "deploy", "--name", DOMAIN, war.toString());
      deployment = Duration.ofNanos(System.nanoTime() - began);
      asadmin(environment, folder, "stop-domain", DOMAIN);
    }
    int portBase = Integer.parseInt(Files.readString(folder.resolve("portbase")));
    long started = System.nanoTime();
    asadmin(environment, folder, "start-domain", DOMAIN);
    long pid = Long.parseLong(Files.readString(domain.resolve("config/pid")).strip());
    PayaraServer server =
        new PayaraServer(
            ProcessHandle.of(pid).orElseThrow(), portBase, domain.resolve("logs/server.log"));
    server.deployment = deployment;
    server.awaitReady(started);
    return server;
  }

  private static void asadmin(
      Map<String, String> environment, Path folder, String subcommand, String... arguments)
      throws IOException, InterruptedException {
    run(
        environment,
        Stream.concat(
                Stream.of(ASADMIN, subcommand, "--domaindir", folder.toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Runs a command against this domain and returns what it printed. */
  public String asadmin(String... command) throws IOException, InterruptedException {
    return run(
        new HashMap<>(),
        Stream.concat(
                Stream.of(ASADMIN, "--port", Integer.toString(portBase + 48)), Stream.of(command))
            .toArray(String[]::new));
  }

  @Override
  public Duration deployment() {
    return deployment;
  }

  @Override
  public void redeploy(Path war) throws IOException, InterruptedException {
    asadmin("redeploy", "--name", DOMAIN, war.toString());
  }

  @Override
  public void undeploy() throws IOException, InterruptedException {
    asadmin("undeploy", DOMAIN);
  }

  @Override
  boolean isWithoutApplication(String health) throws IOException {
    return log().contains("Exception while loading the app");
  }

  @Override
  String jmxUrl() {
    return "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + (portBase + 86) + "/jmxrmi";
  }
}
