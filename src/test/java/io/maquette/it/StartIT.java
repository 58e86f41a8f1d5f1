package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.it.server.PayaraMicro;
import io.maquette.persistence.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Reasons for which a server does not start, as its operator sees them. */
class StartIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  @Test
  void an_invalid_setting_stops_the_start_and_is_named() throws Exception {
    Path folder = Wars.freshFolder("bad-setting");
    Map<String, String> environment =
        Map.of(
            "MAQUETTE_HOME", folder.resolve("home").toString(),
            "MAQUETTE_IMAGE_CONCURRENCY", "lots",
            "MAQUETTE_DB_PASSWORD", "hunter2");
    assertThatThrownBy(() -> PayaraMicro.start(folder, WAR, environment))
        .hasMessageContaining(
            "maquette.image.concurrency=lots is invalid: it must be a whole number from 1 to 256")
        .hasMessageNotContaining("hunter2");
  }

  @Tag("all")
  @Test
  void an_unknown_provider_stops_the_start() throws Exception {
    Path folder = Wars.freshFolder("bad-provider");
    Map<String, String> environment =
        Map.of(
            "MAQUETTE_HOME",
            folder.resolve("home").toString(),
            "MAQUETTE_PROVIDER_MODEL",
            "nobody");
    assertThatThrownBy(() -> PayaraMicro.start(folder, WAR, environment))
        .hasMessageContaining(
            "maquette.provider.model=nobody is invalid: it must be one of [comfyui, hunyuan,"
                + " local, meshy, tencent, tokenhub, tripo]");
  }

  @Tag("all")
  @Test
  void a_schema_of_a_newer_version_stops_the_start_with_a_clear_message() throws Exception {
    Path folder = Wars.freshFolder("newer-schema");
    String database = Wars.freshPostgres("newer");
    PGSimpleDataSource newer = new PGSimpleDataSource();
    newer.setUrl(database);
    Migrations.run(newer);
    try (Connection connection = newer.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("update schema_floor set version = 999");
    }
    Map<String, String> environment =
        Map.of(
            "MAQUETTE_HOME",
            folder.resolve("home").toString(),
            "MAQUETTE_DB_URL",
            database,
            "MAQUETTE_DB_USER",
            "postgres");
    assertThatThrownBy(() -> PayaraMicro.start(folder, WAR, environment))
        .hasMessageContaining(
            "Maquette does not start: The schema belongs to a newer version of Maquette. It"
                + " requires a version with migration 999, but version ");
  }
}
