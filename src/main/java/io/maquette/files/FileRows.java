package io.maquette.files;

import io.maquette.task.DiscardedFile;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Queries for the files that must be in the store, and for files that no row refers to. */
@Stateless
public class FileRows {

  private static final UUID FIRST = new UUID(0, 0);

  /**
   * Selects one page. Each part is sorted by its key, so that a page reads few rows more than it
   * returns.
   */
  private static final String PAGE =
      "select task_id, place, file_key, file_sha256, file_size, file_type, provider, job_id from ("
          + "(select task_id, image_index as place, file_key, file_sha256, file_size, file_type,"
          + " cast(null as varchar(40)) as provider, cast(null as varchar(200)) as job_id"
          + " from task_image where task_id >= ?1 order by task_id, image_index limit ?3)"
          + " union all (select task_id, "
          + FileRow.MODEL
          + ", file_key, file_sha256, file_size, file_type, provider, api_task_id"
          + " from task_model where file_key is not null and task_id >= ?1"
          + " order by task_id limit ?3)"
          + " union all (select task_id, "
          + FileRow.PREVIEW
          + ", preview_key, preview_sha256, preview_size, preview_type, provider, api_task_id"
          + " from task_model where preview_key is not null"
          + " and task_id >= ?1 order by task_id limit ?3)) files"
          + " where task_id > ?1 or place > ?2 order by task_id, place limit ?3";

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public FileRows() {}

  public FileRows(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Returns a page of the files that must be in the store, by task and place.
   *
   * @param after position after the previous page; null for the first page
   * @param limit maximum number of files; a page may contain fewer, and an empty page is the end
   */
  @SuppressWarnings("unchecked")
  public List<FileRow> page(FileRow.Position after, int limit) {
    List<Object[]> rows =
        entities
            .createNativeQuery(PAGE)
            .setParameter(1, after == null ? FIRST : after.taskId())
            .setParameter(2, after == null ? -1 : after.place())
            .setParameter(3, limit + Task.MAX_IMAGES + 2)
            .getResultList();
    return rows.stream().limit(limit).map(FileRows::row).toList();
  }

  /** Returns the file with this key; empty if no task needs it. */
  public Optional<FileRow> find(String key) {
    return taskOf(key)
        .map(id -> entities.find(Task.class, id))
        .flatMap(task -> filesOf(task).filter(file -> file.key().equals(key)).findFirst());
  }

  private static Stream<FileRow> filesOf(Task task) {
    Stream<FileRow> pictures =
        task.images().stream().map(image -> row(task, image.index(), image.file(), null));
    TaskModel model = task.model().orElse(null);
    return model == null
        ? pictures
        : Stream.of(
                pictures,
                model.file().stream().map(file -> row(task, FileRow.MODEL, file, model)),
                model.preview().stream().map(file -> row(task, FileRow.PREVIEW, file, model)))
            .flatMap(files -> files);
  }

  private static FileRow row(Task task, int place, FileRef file, TaskModel model) {
    return new FileRow(
        task.id(),
        place,
        file.key(),
        file.sha256(),
        file.size(),
        file.mediaType(),
        model == null ? null : model.provider(),
        model == null ? null : model.apiTaskId());
  }

  private static FileRow row(Object[] row) {
    return new FileRow(
        (UUID) row[0],
        ((Number) row[1]).intValue(),
        (String) row[2],
        (String) row[3],
        ((Number) row[4]).longValue(),
        (String) row[5],
        (String) row[6],
        (String) row[7]);
  }

  /** Returns the number of files that must be in the store. */
  public long count() {
    Query count =
        entities.createNativeQuery(
            "select (select count(*) from task_image) + (select count(file_key) + count(preview_key)"
                + " from task_model)");
    return ((Number) count.getSingleResult()).longValue();
  }

  /**
   * Returns those keys that no row refers to, neither of a task nor of a discarded file.
   *
   * @param keys keys in the store, whose first segment is a task id
   */
  public Set<String> withoutRow(Collection<String> keys) {
    Set<UUID> tasks =
        keys.stream().flatMap(key -> taskOf(key).stream()).collect(Collectors.toSet());
    Set<String> left = new HashSet<>(keys);
    if (!tasks.isEmpty()) {
      left.removeAll(rowsOf(tasks, keys));
    }
    if (!left.isEmpty()) {
      left.removeAll(
          entities
              .createQuery("select f.key from DiscardedFile f where f.key in :keys", String.class)
              .setParameter("keys", List.copyOf(left))
              .getResultList());
    }
    return left;
  }

  private static Optional<UUID> taskOf(String key) {
    try {
      return Optional.of(UUID.fromString(key.substring(0, Math.max(0, key.indexOf('/')))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no task can have stored a file under this key
    }
  }

  private Set<String> rowsOf(Set<UUID> tasks, Collection<String> keys) {
    Set<String> known = new HashSet<>();
    for (String query :
        List.of(
            "select i.file.key from TaskImage i where i.task.id in :tasks",
            "select m.file.key from TaskModel m where m.task.id in :tasks"
                + " and m.file.key is not null",
            "select m.preview.key from TaskModel m where m.task.id in :tasks"
                + " and m.preview.key is not null")) {
      known.addAll(
          entities.createQuery(query, String.class).setParameter("tasks", tasks).getResultList());
    }
    known.retainAll(keys);
    return known;
  }

  /** Lists a file for deletion that {@linkplain #withoutRow no row refers to}. */
  public void discard(String key) {
    if (entities.find(DiscardedFile.class, key) == null) {
      entities.persist(new DiscardedFile(key, clock.instant()));
    }
  }
}
