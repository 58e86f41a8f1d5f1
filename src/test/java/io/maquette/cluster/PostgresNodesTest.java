package io.maquette.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.maquette.persistence.Migrations;
import io.maquette.persistence.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresNodesTest extends ClusterMembershipContract {

  private static HikariDataSource pool;

  @BeforeAll
  static void open() throws SQLException {
    pool = TestPostgres.newDatabase();
    Migrations.run(pool);
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @Override
  DataSource database() {
    return pool;
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  @Test
  void a_schema_that_cannot_be_migrated_is_refused_with_its_versions() throws SQLException {
    sql("create database outdated", "create role reader login");
    DataSource outdated = TestPostgres.server().getDatabase("postgres", "outdated");
    Flyway.configure()
        .dataSource(outdated)
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    try (Connection connection = outdated.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("grant select on flyway_schema_history to reader");
    }
    assertThatThrownBy(
            () -> Migrations.run(TestPostgres.server().getDatabase("reader", "outdated")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "The schema is at migration 1, this version needs \\d+, and the migration failed:"
                + " .*(permission denied|must be owner).*");
  }

  @Test
  void a_newer_schema_is_accepted_unless_it_requires_a_newer_version() throws SQLException {
    sql("create database newer");
    DataSource newer = TestPostgres.server().getDatabase("postgres", "newer");
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
