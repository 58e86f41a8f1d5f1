package io.maquette.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.persistence.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresNodesTest extends ClusterMembershipContract {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void open() throws IOException {
    server = EmbeddedPostgres.start();
    Migrations.run(server.getPostgresDatabase());
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  @Override
  DataSource database() {
    return server.getPostgresDatabase();
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  @Test
  void aSchemaThatCannotBeBroughtUpToDateIsRefusedByItsNumbers() throws SQLException {
    sql("create database outdated", "create role reader login");
    assertThatThrownBy(() -> Migrations.run(server.getDatabase("reader", "outdated")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "The schema is at migration 0, this version needs \\d+, and the migration failed:"
                + " .*permission denied.*");
  }

  @Test
  void aNewerSchemaIsToleratedUnlessItSaysThatOldVersionsDoNotWorkOnIt() throws SQLException {
    sql("create database newer");
    DataSource newer = server.getDatabase("postgres", "newer");
    Migrations.run(newer);
    try (Connection connection = newer.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "insert into flyway_schema_history select installed_rank + 100, '99', 'later', type,"
              + " 'V99__later.sql', checksum, installed_by, installed_on, execution_time, success"
              + " from flyway_schema_history where version = '6'");
      assertThat(Migrations.run(newer)).isZero();
      sql.execute("update schema_floor set version = 99");
      assertThatThrownBy(() -> Migrations.run(newer))
          .hasMessageStartingWith("The schema belongs to a newer version")
          .hasMessageContaining("a version with migration 99, but version ");
    }
  }
}
