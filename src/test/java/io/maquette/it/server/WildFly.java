package io.maquette.it.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnectorFactory;

/** WildFly as {@code server-config/wildfly/install.sh} prepares it. */
public final class WildFly extends ManagedServer {

  private static final Path HOME = Path.of(System.getProperty("wildfly.home")).toAbsolutePath();
  private static final int HTTP_PORT = 8080;
  private static final int MANAGEMENT_PORT = 9990;

  private final int managementPort;
  private Duration deployment = Duration.ZERO;

  private WildFly(ProcessHandle process, int offset, Path log) {
    super(
        process,
        URI.create("http://127.0.0.1:" + (HTTP_PORT + offset)),
        URI.create("http://127.0.0.1:" + (MANAGEMENT_PORT + offset) + "/health/ready"),
        log);
    managementPort = MANAGEMENT_PORT + offset;
  }

  /**
   * Starts a server whose configuration, deployments and logs are in a folder; the first time, the
   * folder is a copy of what the installed one has, and the application is deployed to it.
   */
  public static WildFly start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path standalone = folder.resolve("standalone");
    boolean fresh = !Files.exists(standalone);
    if (fresh) {
      run(Map.of(), "cp", "-r", HOME.resolve("standalone").toString(), standalone.toString());
    }
    int offset = freePorts(0, MANAGEMENT_PORT - HTTP_PORT) - HTTP_PORT;
    Path pid = folder.resolve("wildfly.pid");
    Files.deleteIfExists(pid);
    Path log = folder.resolve("wildfly.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                // a server that repeats itself must not fill the disk
                "ulimit -f 1000000; exec \"$0\" \"$@\"",
                HOME.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + standalone,
                "-Djboss.socket.binding.port-offset=" + offset)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
    builder.environment().put("JBOSS_PIDFILE", pid.toString());
    long started = System.nanoTime();
    Process script = builder.start();
    await()
        .atMost(Duration.ofSeconds(20))
        .failFast(() -> !script.isAlive())
        .until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
    WildFly server =
        new WildFly(
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow(),
            offset,
            log);
    if (fresh) {
      await().atMost(Duration.ofMinutes(1)).until(() -> server.log().contains("WFLYSRV0025"));
      long began = System.nanoTime();
      server.cli("deploy " + war);
      server.deployment = Duration.ofNanos(System.nanoTime() - began);
    }
    server.awaitReady(started);
    return server;
  }

  /** Runs a command of the management CLI against this server and returns what it printed. */
  public String cli(String command) throws IOException, InterruptedException {
    return run(
        new HashMap<>(),
        HOME.resolve("bin/jboss-cli.sh").toString(),
        "--connect",
        "--controller=127.0.0.1:" + managementPort,
        "--timeout=60000",
        "--command=" + command);
  }

  @Override
  public Duration deployment() {
    return deployment;
  }

  @Override
  public void redeploy(Path war) throws IOException, InterruptedException {
    cli("deploy --force " + war);
  }

  @Override
  public void undeploy() throws IOException, InterruptedException {
    cli("undeploy maquette.war");
  }

  @Override
  boolean isWithoutApplication(String health) throws IOException {
    return log().contains("WFLYSRV0026");
  }

  @Override
  String jmxUrl() {
    return "service:jmx:remote+http://127.0.0.1:" + managementPort;
  }

  /** The protocol is that of the client library that comes with the server. */
  @Override
  Map<String, ?> jmxEnvironment() throws IOException {
    URL client = HOME.resolve("bin/client/jboss-client.jar").toUri().toURL();
    return Map.of(
        JMXConnectorFactory.PROTOCOL_PROVIDER_CLASS_LOADER,
        new URLClassLoader(new URL[] {client}, getClass().getClassLoader()));
  }
}
