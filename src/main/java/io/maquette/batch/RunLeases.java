package io.maquette.batch;

import io.maquette.cluster.LocalNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Who has which run. Each call is one statement that commits by itself: when Payara stops, no
 * transaction can be begun by the time applications hear of it.
 */
@ApplicationScoped
public class RunLeases {

  /** How long a node that does not speak is believed to live; stands in {@link #renew}, too. */
  static final Duration LEASE = Duration.ofMinutes(1);

  private static final String END =
      "update maintenance_run set status = ?, problem = ?, leased_until = null,"
          + " ended_at = current_timestamp, fence = fence + 1 where leased_until is not null and ";

  @Inject private DataSource database;
  @Inject private LocalNode node;

  /** Required by the container. */
  public RunLeases() {}

  RunLeases(DataSource database, LocalNode node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Marks what an earlier life of this node had when it was killed as abandoned; on a database that
   * no other node can use, that is every active run. Called before this life begins with any.
   *
   * @return how many runs there were
   * @throws SQLException if the database cannot be asked
   */
  public int abandonLeftovers() throws SQLException {
    return update(
        END + "(node = ? or ?)",
        RunStatus.ABANDONED.name(),
        "its node ended",
        node.name(),
        node.exclusive());
  }

  /**
   * Marks runs as abandoned whose nodes have not spoken for too long.
   *
   * @return how many runs there were
   * @throws SQLException if the database cannot be asked
   */
  public int abandonExpired() throws SQLException {
    return update(
        END + "leased_until < current_timestamp",
        RunStatus.ABANDONED.name(),
        "its node did not speak for " + LEASE.toSeconds() + " s");
  }

  /**
   * Marks what this node has as stopped, as its server is. Called at its end.
   *
   * @return how many runs there were
   * @throws SQLException if the database cannot be asked
   */
  public int giveUp() throws SQLException {
    return update(END + "node = ?", RunStatus.STOPPED.name(), "its server stopped", node.name());
  }

  /**
   * Says that this node lives and has a run.
   *
   * @return whether it does; if not, the run was given to another one
   * @throws SQLException if the database cannot be asked
   */
  boolean renew(LocalRun run) throws SQLException {
    return update(
            "update maintenance_run set leased_until = current_timestamp + interval '60' second"
                + " where id = ? and fence = ? and leased_until is not null",
            run.id(),
            run.fence())
        == 1;
  }

  private int update(String statement, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        update.setObject(i + 1, parameters[i]);
      }
      return update.executeUpdate();
    }
  }
}
