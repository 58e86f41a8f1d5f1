package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.server.WildFly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** WildFly as an operator has it. */
class WildFlyIT extends ManagedServerContract<WildFly> {

  @Override
  WildFly start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return WildFly.start(folder, war, environment);
  }

  /** Each deployment has eight threads of Vert.x made, which stay with its class loader. */
  @Override
  boolean forgetsTraces() {
    return false;
  }

  @Test
  void the_cli_lists_the_ejb_timers() throws Exception {
    assertThat(
            server()
                .cli(
                    "/deployment=maquette.war/subsystem=ejb3/singleton-bean=WorkerScheduler"
                        + ":read-attribute(name=timers,include-defaults=true)"))
        .contains("\"info\" => \"workers\"", "\"persistent\" => false");
    assertThat(
            server()
                .cli(
                    "/deployment=maquette.war/subsystem=ejb3/singleton-bean=PushTimer"
                        + ":read-attribute(name=timers)"))
        .contains("\"info\" => \"heartbeats\"");
  }

  @Test
  void the_cli_reads_the_deployment_and_its_pool() throws Exception {
    assertThat(server().cli("/deployment=maquette.war:read-attribute(name=status)"))
        .contains("\"result\" => \"OK\"");
    assertThat(server().cli("/subsystem=datasources/data-source=maquette:test-connection-in-pool"))
        .contains("\"outcome\" => \"success\"");
    assertThat(
            server()
                .cli(
                    "/subsystem=datasources/data-source=maquette/statistics=pool"
                        + ":read-resource(include-runtime=true)"))
        .containsPattern("\"InUseCount\" => \\d+")
        .contains("\"AvailableCount\" => 3");
    assertThat(
            server()
                .cli(
                    "/deployment=maquette.war/subsystem=ejb3/singleton-bean=Heartbeat"
                        + ":read-attribute(name=timers)"))
        .contains("\"persistent\" => false");
  }

  @Test
  void the_configuration_script_takes_effect() throws Exception {
    assertThat(server().cli("/subsystem=transactions:read-attribute(name=default-timeout)"))
        .contains("=> 60");
    assertThat(server().cli("/subsystem=datasources:read-children-names(child-type=data-source)"))
        .contains("\"maquette\"")
        .doesNotContain("ExampleDS");
    assertThat(server().cli("/subsystem=batch-jberet:read-resource"))
        .contains("\"outcome\" => \"success\"");
    assertThat(server().log()).doesNotContain("ERROR");
  }
}
