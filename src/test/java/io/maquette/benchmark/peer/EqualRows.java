package io.maquette.benchmark.peer;

import io.maquette.task.Stage;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;

/**
 * History and submission ledger of a contestant on equal work, as a Java team would write them with
 * JDBC: prepared statements in the transaction of the step. The tables are those of the product,
 * made by its migrations, so columns and indexes are the same.
 */
final class EqualRows {

  /** Rows of one step. */
  interface Step {

    /**
     * Writes the rows.
     *
     * @return number of the submission that the step begins; 0 for none
     */
    long write(EqualRows rows) throws SQLException;
  }

  private static final String OWNER = "dev";
  private static final String NODE = "benchmark-node";

  private static final String EVENT =
      "insert into task_event (id, task_id, owner, occurred_at, event_type, from_status, to_status,"
          + " actor, node, attempt, image_index, model_status, progress, detail)"
          + " values (nextval('task_event_number'), ?, ?, current_timestamp, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?)";

  private static final String SUBMISSION =
      "insert into provider_call (id, task_id, stage, image_index, attempt, provider, node, reason,"
          + " options, outcome, late, submitted_at)"
          + " values (nextval('provider_call_number'), ?, ?, ?, 1, 'loopback', ?, null, null,"
          + " 'SUBMITTING', false, current_timestamp) returning id";

  private static final String ACCEPTED =
      "update provider_call set outcome = 'ACCEPTED', error = null,"
          + " answered_at = current_timestamp, job_id = ?, request_id = null where id = ?";

  private final Connection connection;
  private final UUID task;

  /** Writes rows of a task in the current transaction of a connection. */
  EqualRows(Connection connection, String task) {
    this.connection = connection;
    this.task = UUID.fromString(task);
  }

  /**
   * Adds a transition to the history.
   *
   * @param from null for a new task
   */
  void changed(TaskStatus from, TaskStatus to) throws SQLException {
    event(TaskEvent.Type.STATUS_CHANGED, from, to, null, null);
  }

  /** Adds a stored picture to the history. */
  void imageStored(int index) throws SQLException {
    TaskStatus status = TaskStatus.IMAGE_GENERATING;
    event(TaskEvent.Type.IMAGE_STORED, status, status, index, null);
  }

  /** Adds the accepted provider job of the model to the history. */
  void modelSubmitted(String job) throws SQLException {
    TaskStatus status = TaskStatus.MODEL_GENERATING;
    event(TaskEvent.Type.MODEL_SUBMITTED, status, status, null, "loopback job " + job);
  }

  private void event(
      TaskEvent.Type type, TaskStatus from, TaskStatus to, Integer image, String detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
      insert.setObject(1, task);
      insert.setString(2, OWNER);
      insert.setString(3, type.name());
      insert.setString(4, from == null ? null : from.name());
      insert.setString(5, to.name());
      insert.setString(6, "worker");
      insert.setString(7, NODE);
      insert.setInt(8, 1);
      insert.setObject(9, image, Types.INTEGER);
      insert.setNull(10, Types.VARCHAR);
      insert.setNull(11, Types.INTEGER);
      insert.setString(12, detail);
      insert.executeUpdate();
    }
  }

  /** Adds the submission of a picture to the ledger and returns its number. */
  long imageSubmission(int index) throws SQLException {
    return submission(Stage.IMAGE, index);
  }

  /** Adds the submission of a model to the ledger and returns its number. */
  long modelSubmission() throws SQLException {
    return submission(Stage.MODEL, null);
  }

  private long submission(Stage stage, Integer image) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SUBMISSION)) {
      insert.setObject(1, task);
      insert.setString(2, stage.name());
      insert.setObject(3, image, Types.INTEGER);
      insert.setString(4, NODE);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Completes a submission with its outcome.
   *
   * @param job null for a picture
   */
  void accepted(long submission, String job) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ACCEPTED)) {
      update.setString(1, job);
      update.setLong(2, submission);
      update.executeUpdate();
    }
  }
}
