package io.maquette.task.queue;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Leases outside of claims: of this node at its start and end, of a node that died, and of failed
 * steps. The statements commit by themselves. When Payara stops, applications are notified too late
 * to begin a transaction.
 */
@ApplicationScoped
public class Leases {

  private static final int MAX_TRIES = 10;

  @Inject private DataSource database;
  @Inject private LocalNode node;

  /** For the container. */
  public Leases() {}

  public Leases(DataSource database, LocalNode node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Ends the leases that this node held when it was killed, so that their tasks are due at once. On
   * a database that no other node can use, it ends all leases. It runs before the workers of this
   * node start.
   *
   * @return number of tasks whose leases were ended
   * @throws SQLException if the database cannot be reached
   */
  public int endLeftovers() throws SQLException {
    return update(
        "update task set due_at = current_timestamp, version = version + 1"
            + " where leased_by is not null and (leased_by = ? or ?)",
        node.name(),
        node.exclusive());
  }

  /**
   * Ends the leases of a node that no longer shows a heartbeat. Its results are accepted until
   * another worker claims the task.
   *
   * @return number of tasks whose leases were ended
   * @throws SQLException if the database cannot be reached
   */
  public int endThoseOf(String gone) throws SQLException {
    return update(
        "update task set due_at = current_timestamp, version = version + 1 where status in "
            + TaskStatus.listed(status -> status.isInProgress() && !status.isPending())
            + " and leased_by = ?",
        gone);
  }

  /**
   * Releases the tasks that this node still holds, so that other nodes continue at once. It runs
   * after the workers have stopped. The sweeper deletes files that workers stored without applying
   * a result.
   *
   * @return number of released tasks
   * @throws SQLException if the database cannot be reached
   */
  public int giveBack() throws SQLException {
    discardWhatIsHeld("leased_by = ?", node.name());
    return update(
        "update task set leased_by = null, due_at = current_timestamp,"
            + " fence = fence + 1, version = version + 1 where leased_by = ?",
        node.name());
  }

  /**
   * Releases one task whose step was interrupted, if the claim is still valid.
   *
   * @param due when a worker takes the task next
   * @throws SQLException if the database cannot be reached
   */
  public void giveBack(TaskClaim claim, Instant due) throws SQLException {
    discardWhatIsHeld("id = ? and fence = ?", claim.taskId(), claim.fence());
    update(
        "update task set leased_by = null, due_at = ?, fence = fence + 1, version = version + 1"
            + " where leased_by is not null and id = ? and fence = ?",
        due.atOffset(ZoneOffset.UTC),
        claim.taskId(),
        claim.fence());
  }

  /**
   * Lists the store scopes of the matching claims. Retries on a key conflict (SQL state 23): a
   * transaction that takes the task over may list the same scope, and then it is listed.
   */
  private void discardWhatIsHeld(String which, Object... parameters) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        listWhatIsHeld(which, parameters);
        return;
      } catch (SQLException e) {
        if (tries == MAX_TRIES || !String.valueOf(e.getSQLState()).startsWith("23")) {
          throw e;
        }
      }
    }
  }

  private void listWhatIsHeld(String which, Object... parameters) throws SQLException {
    update(
        "insert into discarded_file (file_key, discarded_at)"
            + " select cast(id as varchar(36)) || '/' || fence || '/', current_timestamp from task"
            + " where leased_by is not null and not exists (select 1 from discarded_file where"
            + " file_key = cast(id as varchar(36)) || '/' || fence || '/') and "
            + which
            // waits for a transaction that changes the task and lists the same scope
            + " for update",
        parameters);
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
