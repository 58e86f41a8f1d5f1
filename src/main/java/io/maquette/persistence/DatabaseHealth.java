package io.maquette.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check that is up while the database answers and this node's last write to it succeeded.
 * The check sends a statement, because H2's own check accepts sessions whose file it has closed.
 */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {

  private static final int TIMEOUT_SECONDS = 3;

  @Inject private DataSource database;
  @Inject private DatabaseCondition condition;

  @Override
  public HealthCheckResponse call() {
    String problem = condition.problem();
    if (problem == null) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        if (connection.isValid(TIMEOUT_SECONDS)) {
          statement.execute("select 1");
        } else {
          problem = "no answer within " + TIMEOUT_SECONDS + " seconds";
        }
      } catch (SQLException e) {
        problem = e.getSQLState() == null ? "no connection" : "SQL state " + e.getSQLState();
      }
    }
    HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
    return problem == null
        ? response.up().build()
        : response.down().withData("problem", problem).build();
  }
}
