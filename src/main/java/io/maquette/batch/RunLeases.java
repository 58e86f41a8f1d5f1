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
 * Leases of batch runs. Each call is one statement with its own commit, because Payara permits no
 * new transaction when applications learn of the shutdown.
 */
@ApplicationScoped
public class RunLeases {

  /** Duration of a lease; the statement in {@link #renew} repeats it. */
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
   * Marks the runs as abandoned that this node owned before it was killed. On a database that no
   * other node can use, these are all active runs. The node calls this before it starts a run.
   *
   * @return number of these runs
   * @throws SQLException if the database does not answer
   */
  int abandonLeftovers() throws SQLException {
    return update(
        END + "(node = ? or ?)",
        RunStatus.ABANDONED.name(),
        "the node of the run ended",
        node.name(),
        node.exclusive());
  }

  /**
   * Marks runs with an expired lease as abandoned.
   *
   * @return number of these runs
   * @throws SQLException if the database does not answer
   */
  int abandonExpired() throws SQLException {
    return update(
        END + "leased_until < current_timestamp",
        RunStatus.ABANDONED.name(),
        "its node did not renew the lease for " + LEASE.toSeconds() + " s");
  }

  /**
   * Marks this node's runs as stopped, when its server stops.
   *
   * @return number of these runs
   * @throws SQLException if the database does not answer
   */
  int giveUp() throws SQLException {
    return update(
        END + "node = ?", RunStatus.STOPPED.name(), "the server of the run stopped", node.name());
  }

  /**
   * Renews the lease of a run.
   *
   * @return whether this node still owns the run; otherwise the run was abandoned or restarted
   * @throws SQLException if the database does not answer
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
