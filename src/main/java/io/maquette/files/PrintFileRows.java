package io.maquette.files;

import io.maquette.mesh.edit.PrintOptions;
import io.maquette.persistence.Sql;
import io.maquette.storage.FileType;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Table of print files: the queue of their work, the leases of the nodes, and the results. Each
 * call is one short transaction.
 */
@Stateless
public class PrintFileRows {

  /** Time after which another node may take the work, unless the lease is renewed. */
  public static final Duration LEASE = Duration.ofSeconds(30);

  /** Maximum number of print files of a task; a new one replaces the oldest. */
  public static final int MAX_PER_TASK = 20;

  /** Maximum number of print files of a user on which nodes hold leases. */
  public static final int MAX_OPEN_PER_USER = 4;

  private static final String SELECT =
      "select task_id, id, model_key, options, state, progress, problem,"
          + " file_key, file_sha256, file_size from print_file where task_id = ? and ";

  @PersistenceContext private EntityManager entities;
  @Inject private FileRows files;
  @Inject private Clock clock;

  /** For the container. */
  public PrintFileRows() {}

  PrintFileRows(EntityManager entities, FileRows files, Clock clock) {
    this.entities = entities;
    this.files = files;
    this.clock = clock;
  }

  /** Returns the id of a print file; it is equal for equal options of the same model. */
  static String idOf(String model, PrintOptions options) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((model + " " + options.text()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Returns the print file with these options of a task's model; creates it if there is none, and
   * queues it again if it failed or its file is lost.
   *
   * @param isLost whether the file of an earlier result is known to be lost
   * @return empty if the user has {@link #MAX_OPEN_PER_USER} open ones, or the model was replaced
   */
  public Optional<PrintFile> request(
      UUID taskId, String owner, PrintOptions options, boolean isLost) {
    // the lock makes identical requests wait for each other
    Task task = entities.find(Task.class, taskId, LockModeType.PESSIMISTIC_WRITE);
    String model =
        task == null ? null : task.model().flatMap(TaskModel::file).map(FileRef::key).orElse(null);
    if (model == null) {
      return Optional.empty();
    }
    String id = idOf(model, options);
    PrintFile known = find(taskId, id).orElse(null);
    if (known != null && (known.work().isOpen() || (known.file() != null && !isLost))) {
      return Optional.of(known);
    }
    if (openOf(owner) >= MAX_OPEN_PER_USER) {
      return Optional.empty();
    }
    if (known == null) {
      makeRoom(taskId, model);
      Sql.update(
          entities,
          "insert into print_file (task_id, id, owner, model_key, options, state, progress, fence,"
              + " created_at) values (?, ?, ?, ?, ?, ?, 0, 0, ?)",
          List.of(
              taskId,
              id,
              owner,
              model,
              options.toJson().toString(),
              PrintFile.State.QUEUED,
              clock.instant()));
    } else {
      Sql.update(
          entities,
          "update print_file set state = ?, progress = 0, problem = null, leased_until = null,"
              + " file_key = null, file_sha256 = null, file_size = null"
              + " where task_id = ? and id = ?",
          List.of(PrintFile.State.QUEUED, taskId, id));
    }
    return find(taskId, id);
  }

  /**
   * Returns the number of a user's print files on which a node holds a lease. A row without one,
   * for which no client may ask any more, does not use up the limit.
   */
  private int openOf(String owner) {
    return Sql.number(
        entities,
        "select count(*) from print_file where owner = ? and state in ('QUEUED', 'RUNNING')"
            + " and leased_until > ?",
        owner,
        clock.instant());
  }

  /** Deletes print files of earlier models, and the oldest ones beyond the maximum. */
  private void makeRoom(UUID taskId, String model) {
    Sql.update(
        entities,
        "delete from print_file where task_id = ? and model_key <> ?",
        List.of(taskId, model));
    List<PrintFile> kept = list(taskId);
    for (int i = 0; i <= kept.size() - MAX_PER_TASK; i++) {
      delete(taskId, kept.get(i).id());
    }
  }

  /** Finds a print file. */
  public Optional<PrintFile> find(UUID taskId, String id) {
    return Sql.rows(entities, SELECT + "id = ?", List.of(taskId, id), PrintFileRows::row).stream()
        .findFirst();
  }

  /** Lists the print files of a task, oldest first. */
  public List<PrintFile> list(UUID taskId) {
    return Sql.rows(
        entities, SELECT + "1 = 1 order by created_at, id", List.of(taskId), PrintFileRows::row);
  }

  private static PrintFile row(ResultSet row) throws SQLException {
    String key = row.getString(8);
    return new PrintFile(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new PrintFile.Work(
            PrintFile.State.valueOf(row.getString(5)), row.getInt(6), row.getString(7)),
        key == null
            ? null
            : new FileRef(key, row.getString(9), FileType.GLB.mediaType(), row.getLong(10)));
  }

  /**
   * Deletes a print file with its result. A node that works on it stops when it renews its lease.
   *
   * @return whether there was one
   */
  public boolean delete(UUID taskId, String id) {
    PrintFile file = find(taskId, id).orElse(null);
    if (file == null) {
      return false;
    }
    if (file.file() != null) {
      files.discard(file.file().key());
    }
    Sql.update(
        entities, "delete from print_file where task_id = ? and id = ?", List.of(taskId, id));
    return true;
  }

  /**
   * Claims an open print file for a node, unless a node has a lease on it.
   *
   * @return fence of the claim; empty if the work is done or another claim has the lease
   */
  public Optional<Integer> claim(UUID taskId, String id, String node) {
    Instant now = clock.instant();
    int claimed =
        Sql.update(
            entities,
            "update print_file set state = 'QUEUED', progress = 0, node = ?, leased_until = ?,"
                + " fence = fence + 1 where task_id = ? and id = ?"
                + " and state in ('QUEUED', 'RUNNING')"
                + " and (leased_until is null or leased_until < ?)",
            List.of(node, now.plus(LEASE), taskId, id, now));
    return claimed == 0
        ? Optional.empty()
        : Optional.of(
            Sql.number(
                entities, "select fence from print_file where task_id = ? and id = ?", taskId, id));
  }

  /**
   * Renews the lease of a claim and records the progress.
   *
   * @return false if the claim no longer has the lease, because the print file was deleted or
   *     another node took it
   */
  public boolean renew(UUID taskId, String id, int fence, PrintFile.State state, int progress) {
    return Sql.update(
            entities,
            "update print_file set state = ?, progress = ?, leased_until = ? where task_id = ?"
                + " and id = ? and fence = ? and state in ('QUEUED', 'RUNNING')",
            List.of(state, progress, clock.instant().plus(LEASE), taskId, id, fence))
        == 1;
  }

  /**
   * Records the result of a claim.
   *
   * @return false if the claim no longer has the lease; then nothing is recorded
   */
  public boolean done(UUID taskId, String id, int fence, FileRef file) {
    return Sql.update(
            entities,
            "update print_file set state = 'READY', progress = 100, leased_until = null,"
                + " file_key = ?, file_sha256 = ?, file_size = ? where task_id = ? and id = ?"
                + " and fence = ? and state in ('QUEUED', 'RUNNING')",
            List.of(file.key(), file.sha256(), file.size(), taskId, id, fence))
        == 1;
  }

  /** Records the failure of a claim; without effect if the claim no longer has the lease. */
  public void failed(UUID taskId, String id, int fence, String problem) {
    Sql.update(
        entities,
        "update print_file set state = 'FAILED', problem = ?, leased_until = null"
            + " where task_id = ? and id = ? and fence = ? and state in ('QUEUED', 'RUNNING')",
        List.of(problem, taskId, id, fence));
  }
}
