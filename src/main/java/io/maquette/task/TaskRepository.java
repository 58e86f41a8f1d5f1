package io.maquette.task;

import io.maquette.persistence.NewRows;
import io.maquette.persistence.Sql;
import jakarta.persistence.EntityManager;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Rows of tasks, their pictures and their history, read and written for several tasks at once.
 *
 * <p>Everything else uses JPA. These statements of every step are plain SQL, because they decide
 * nothing: {@code docs/decisions/008-results-together.md} lists them. With them a task costs 23.6
 * statements instead of 30.2, and a node completes 328 tasks per second instead of 234 ({@code
 * docs/performance.md}). Rows that are only added are not managed as entities, which cost several
 * times as much as the insert.
 */
public final class TaskRepository {

  /** Locked task row with only the columns that show whether a claim is still valid. */
  public record Locked(TaskStatus status, long fence, Instant updatedAt) {

    /** Returns a context for a change now; every visible change advances {@code updatedAt}. */
    public ChangeContext after(ChangeContext by) {
      return by.notBefore(updatedAt.plus(1, ChronoUnit.MICROS));
    }
  }

  /**
   * New picture of a task.
   *
   * @param at creation time of the picture and the new {@code updatedAt} of its task
   */
  public record StoredImage(UUID task, NewImage image, Instant at) {}

  private static final NewRows<StoredImage> IMAGES =
      new NewRows<StoredImage>("task_image")
          .column("task_id", StoredImage::task)
          .column("image_index", stored -> stored.image().index())
          .column("prompt", stored -> stored.image().variant())
          .column("remark", Types.VARCHAR, stored -> stored.image().remark())
          .column("file_key", stored -> stored.image().file().key())
          .column("file_sha256", stored -> stored.image().file().sha256())
          .column("file_type", stored -> stored.image().file().mediaType())
          .column("file_size", stored -> stored.image().file().size())
          .column("created_at", StoredImage::at);

  /** Rows with numbers in the order of writing, over all nodes. */
  private static final NewRows<TaskEvent> EVENTS =
      new NewRows<TaskEvent>("task_event")
          .numberedBy("task_event_number")
          .column("task_id", TaskEvent::taskId)
          .column("owner", TaskEvent::owner)
          .column("occurred_at", TaskEvent::at)
          .column("event_type", TaskEvent::type)
          .column("from_status", Types.VARCHAR, TaskEvent::from)
          .column("to_status", TaskEvent::to)
          .column("actor", TaskEvent::actor)
          .column("node", TaskEvent::node)
          .column("attempt", TaskEvent::attempt)
          .column("image_index", Types.INTEGER, TaskEvent::imageIndex)
          .column("model_status", Types.VARCHAR, TaskEvent::modelStatus)
          .column("progress", Types.INTEGER, TaskEvent::progress)
          .column("detail", Types.VARCHAR, TaskEvent::detail);

  private TaskRepository() {}

  /**
   * Locks tasks until the transaction ends, in the order of their ids to avoid deadlocks.
   *
   * @return the existing tasks, by id
   */
  public static Map<UUID, Locked> lock(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, "");
  }

  /**
   * Locks tasks like {@link #lock(EntityManager, Collection)}, but skips rows that another
   * transaction has locked.
   */
  public static Map<UUID, Locked> lockUnlocked(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, " skip locked");
  }

  /** Locks and loads a task; returns null if it does not exist. */
  static Task lock(EntityManager entities, UUID id) {
    return find(entities, lock(entities, List.of(id)).keySet()).get(id);
  }

  private static Map<UUID, Locked> lock(
      EntityManager entities, Collection<UUID> ids, String others) {
    List<UUID> asked = padded(new TreeSet<>(ids));
    Map<UUID, Locked> locked = new LinkedHashMap<>();
    Sql.rows(
            entities,
            "select id, status, fence, updated_at from task where id in "
                + places(asked)
                + " order by id for update"
                + others,
            asked,
            columns ->
                Map.entry(
                    columns.getObject(1, UUID.class),
                    new Locked(
                        TaskStatus.valueOf(columns.getString(2)),
                        columns.getLong(3),
                        columns.getObject(4, OffsetDateTime.class).toInstant())))
        .forEach(row -> locked.put(row.getKey(), row.getValue()));
    return locked;
  }

  /**
   * Releases tasks unchanged until their due times, in one statement, and ends the claims on them.
   *
   * @param dues due time of each task; the tasks are locked, and there is at least one
   */
  public static void postpone(EntityManager entities, Map<UUID, Instant> dues) {
    List<UUID> ids = padded(dues.keySet());
    List<Object> parameters = new ArrayList<>();
    for (UUID id : ids) {
      parameters.add(id);
      parameters.add(dues.get(id));
    }
    parameters.addAll(ids);
    Sql.update(
        entities,
        "update task set leased_by = null, abandoned = 0, fence = fence + 1,"
            + " version = version + 1, due_at = case id"
            + " when ? then cast(? as timestamp(6) with time zone)".repeat(ids.size())
            + " end where id in "
            + places(ids),
        parameters);
  }

  /** Inserts pictures of different tasks; the tasks must be locked. */
  public static void addImages(EntityManager entities, List<StoredImage> images) {
    IMAGES.add(entities, images);
  }

  /**
   * Returns the chosen picture of each task; tasks without a chosen picture are missing in the map.
   */
  public static Map<UUID, FileRef> chosenImages(EntityManager entities, List<UUID> tasks) {
    List<UUID> asked = padded(tasks);
    Map<UUID, FileRef> chosen = new HashMap<>();
    Sql.rows(
            entities,
            "select i.task_id, i.file_key, i.file_sha256, i.file_type, i.file_size"
                + " from task t join task_image i"
                + " on i.task_id = t.id and i.image_index = t.selected_image_index"
                + " where t.id in "
                + places(asked),
            asked,
            columns ->
                Map.entry(
                    columns.getObject(1, UUID.class),
                    new FileRef(
                        columns.getString(2),
                        columns.getString(3),
                        columns.getString(4),
                        columns.getLong(5))))
        .forEach(picture -> chosen.put(picture.getKey(), picture.getValue()));
    return chosen;
  }

  /**
   * Updates the tasks of pictures that do not complete the stage. Resets their failure counters and
   * extends leases that end soon, so that the claims continue.
   *
   * @param images pictures of different tasks, which are locked and in IMAGE_GENERATING
   * @param least leases that end at this time or later stay unchanged
   * @param until new end of the other leases
   */
  public static void continueImages(
      EntityManager entities, List<StoredImage> images, Instant least, Instant until) {
    if (images.isEmpty()) {
      return;
    }
    List<StoredImage> padded = padded(images);
    List<Object> parameters = new ArrayList<>();
    parameters.add(least);
    parameters.add(until);
    for (StoredImage image : padded) {
      parameters.add(image.task());
      parameters.add(image.at());
    }
    padded.forEach(image -> parameters.add(image.task()));
    Sql.update(
        entities,
        "update task set failed_attempts = 0, abandoned = 0, version = version + 1,"
            + " due_at = case when due_at < ? then cast(? as timestamp(6) with time zone)"
            + " else due_at end, updated_at = case id"
            + " when ? then cast(? as timestamp(6) with time zone)".repeat(padded.size())
            + " end where id in "
            + places(padded),
        parameters);
  }

  /** Inserts events; each row takes the next number. */
  static void addEvents(EntityManager entities, List<TaskEvent> events) {
    EVENTS.add(entities, events);
  }

  /**
   * Returns tasks with their models by id; the first access to pictures loads them for all tasks.
   */
  public static Map<UUID, Task> find(EntityManager entities, Collection<UUID> ids) {
    return find(entities, Task.WHOLE, ids);
  }

  /** Returns tasks with their models and pictures by id, in one statement. */
  public static Map<UUID, Task> findWithImages(EntityManager entities, Collection<UUID> ids) {
    return find(entities, Task.WITH_IMAGES, ids);
  }

  private static Map<UUID, Task> find(EntityManager entities, String query, Collection<UUID> ids) {
    Map<UUID, Task> found = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      entities
          .createNamedQuery(query, Task.class)
          .setParameter("ids", padded(ids))
          .getResultList()
          .forEach(task -> found.put(task.id(), task));
    }
    return found;
  }

  /** Returns the tasks in the order of the ids, without those that no longer exist. */
  public static List<Task> inOrder(EntityManager entities, List<UUID> ids) {
    Map<UUID, Task> found = find(entities, ids);
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Returns the SQL parameter list for {@link #padded} values. */
  public static String places(List<?> padded) {
    return "(?" + ", ?".repeat(padded.size() - 1) + ")";
  }

  /**
   * Pads a list to a power of two by repeating the last value. Few lengths mean few statements,
   * which stay prepared.
   */
  public static <T> List<T> padded(Collection<T> values) {
    List<T> padded = new ArrayList<>(values);
    T last = padded.get(padded.size() - 1);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(last);
    }
    return padded;
  }
}
