package io.maquette.task;

import io.maquette.platform.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The leases of this node as a whole, at its start and at its end. Each call is one statement that
 * commits by itself: when Payara stops, no transaction can be begun by the time applications hear
 * of it.
 */
@ApplicationScoped
public class Leases {

  @Inject private DataSource database;
  @Inject private Node node;

  /** For the container. */
  public Leases() {}

  Leases(DataSource database, Node node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Ends what an earlier life of this node held when it was killed, so that nobody waits for those
   * leases; on a database that no other node can use, that is every lease. Called before this
   * life's workers begin.
   *
   * @return how many tasks there were
   * @throws SQLException if the database cannot be asked
   */
  public int endLeftovers() throws SQLException {
    return update(
        "update task set due_at = current_timestamp, fence = fence + 1, version = version + 1"
            + " where leased_by is not null and (leased_by = ? or ?)",
        node.name(),
        node.exclusive());
  }

  /**
   * Gives back what this node still holds, for others to go on with at once. Called when its
   * workers have stopped.
   *
   * @return how many tasks there were
   * @throws SQLException if the database cannot be asked
   */
  public int giveBack() throws SQLException {
    return update(
        "update task set leased_by = null, due_at = current_timestamp,"
            + " fence = fence + 1, version = version + 1 where leased_by = ?",
        node.name());
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
