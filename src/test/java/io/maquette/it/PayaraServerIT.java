package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payara Server as an operator has it. */
class PayaraServerIT extends ManagedServerContract<PayaraServer> {

  private static final String POOL = "java:app/maquette-pool";

  @Override
  PayaraServer start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return PayaraServer.start(folder, war, environment);
  }

  @Test
  void asadmin_reads_the_deployment_and_its_pool() throws Exception {
    assertThat(server().asadmin("show-component-status", "maquette")).contains("enabled");
    assertThat(server().asadmin("list-applications", "--resources"))
        .contains("maquette  <ejb", "java:app/maquette-pool");
    assertThat(server().asadmin("ping-connection-pool", "--appname", "maquette", POOL))
        .contains("executed successfully");
    assertThat(
            server()
                .asadmin(
                    "get", "applications.application.maquette.resources.jdbc-connection-pool.*"))
        .contains(
            POOL + ".max-pool-size=32",
            POOL + ".datasource-classname=io.maquette.persistence.SettingsDataSource");
    assertThat(server().asadmin("get", "-m", "server.applications.maquette.resources.*"))
        .containsPattern("numconnused-current = \\d+")
        .containsPattern("numconnfree-current = \\d+");
  }

  @Test
  void the_configuration_script_takes_effect() throws Exception {
    assertThat(server().asadmin("ping-connection-pool", "maquette-batch-pool"))
        .contains("executed successfully");
    assertThat(server().asadmin("list-batch-runtime-configuration"))
        .contains("jdbc/maquette-batch");
    assertThat(server().asadmin("list-batch-jobs")).contains("executed successfully");
    assertThat(
            server()
                .asadmin(
                    "get", "configs.config.server-config.transaction-service.timeout-in-seconds"))
        .contains("=60");
  }

  /**
   * A request that became a WebSocket is kept for the next one with what it knew: Payara's {@code
   * Request.recycle()} leaves its upgrade handler there.
   */
  @Override
  boolean forgetsSockets() {
    return false;
  }

  /** Here the pool is the application's own, so that its database is let go with it. */
  @Override
  void assertNothingIsRunning() throws Exception {
    super.assertNothingIsRunning();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions() // while a connection is being closed
        .until(this::isDatabaseLetGo);
  }

  private boolean isDatabaseLetGo() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:h2:file:" + home().resolve("database/maquette"), "maquette", "maquette")) {
      return connection.isValid(1);
    }
  }
}
