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
 * The leases of a node as a whole, at its start and at its end. Statements commit by themselves:
 * when Payara stops, no transaction can be begun by the time applications hear of it.
 */
@ApplicationScoped
public class Leases {

  private static final int MOST_TRIES = 10;

  @Inject private DataSource database;
  @Inject private LocalNode node;

  /** For the container. */
  public Leases() {}

  public Leases(DataSource database, LocalNode node) {
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
        "update task set due_at = current_timestamp, version = version + 1"
            + " where leased_by is not null and (leased_by = ? or ?)",
        node.name(),
        node.exclusive());
  }

  /**
   * Ends what another node holds that is gone. Until somebody takes a task over, a result of that
   * node's is still welcome.
   *
   * @return how many tasks there were
   * @throws SQLException if the database cannot be asked
   */
  public int endThoseOf(String gone) throws SQLException {
    return update(
        "update task set due_at = current_timestamp, version = version + 1 where status in "
            + TaskStatus.listed(status -> status.isInProgress() && !status.isPending())
            + " and leased_by = ?",
        gone);
  }

  /**
   * Gives back what this node still holds, for others to go on with at once. Called when its
   * workers have stopped. What they stored but could not apply any more is left to the sweeper.
   *
   * @return how many tasks there were
   * @throws SQLException if the database cannot be asked
   */
  public int giveBack() throws SQLException {
    discardWhatIsHeld("leased_by = ?", node.name());
    return update(
        "update task set leased_by = null, due_at = current_timestamp,"
            + " fence = fence + 1, version = version + 1 where leased_by = ?",
        node.name());
  }

  /**
   * Gives back a single task whose step broke off, if it is still held.
   *
   * @param due when to look at it again
   * @throws SQLException if the database cannot be asked
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

  /** Somebody who takes a task over may list the same at this moment; then it is listed. */
  private void discardWhatIsHeld(String which, Object... parameters) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        listWhatIsHeld(which, parameters);
        return;
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !String.valueOf(e.getSQLState()).startsWith("23")) {
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
            + " for update", // in turn with those who change the task and list the same
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
