package io.maquette.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The connections that the servers' pools are filled with. */
class PostgresDataSourceTest {

  @Test
  void aRefusedRowIsNotQuoted() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      Map<String, String> values =
          Map.of(
              "maquette.db.url",
              server.getJdbcUrl("postgres", "postgres"),
              "maquette.db.user",
              "postgres");
      DataSource source =
          SettingsDataSource.of(Settings.read(name -> Optional.ofNullable(values.get(name))), 10);
      try (Connection connection = source.getConnection()) {
        connection.createStatement().execute("create table wish (prompt varchar(40) primary key)");
        try (PreparedStatement insert =
            connection.prepareStatement("insert into wish (prompt) values (?)")) {
          for (int i = 0; i < 3; i++) {
            insert.setString(1, "nobody's business");
            insert.addBatch();
          }
          assertThatThrownBy(insert::executeBatch)
              .isInstanceOf(BatchUpdateException.class)
              .satisfies(
                  e -> {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                      assertThat(cause).message().doesNotContain("nobody's");
                    }
                  });
        }
      }
    }
  }
}
