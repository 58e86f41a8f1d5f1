package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stop on the embedded database; {@link ServerContract} has that on PostgreSQL. */
@Tag("all")
class StopIT {

  @Test
  void after_a_clean_stop_the_next_start_continues_the_tasks() throws Exception {
    Path folder = Wars.freshFolder("stop");
    Path slow = folder.resolve("maquette-slow.war");
    Wars.withScripts("stop", Map.of()).as(ZipExporter.class).exportTo(slow.toFile());
    Map<String, String> environment =
        Map.of(
            "MAQUETTE_HOME", folder.resolve("home").toString(),
            "MAQUETTE_PROVIDER_IMAGE", "slow",
            "MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S");
    String id;
    try (Server server = PayaraMicro.start(folder, slow, environment)) {
      ApiClient api = new ApiClient(server.base());
      id = api.create("stopped half way");
      api.awaitStatus(id, "IMAGE_GENERATING");
      server.stop();
    }
    try (Server server = PayaraMicro.start(folder, slow, environment)) {
      ApiClient api = new ApiClient(server.base());
      api.awaitStatus(id, "IMAGE_COMPLETED");
      assertThat(api.events(id).toString()).doesNotContain("ATTEMPT_FAILED");
    }
  }
}
