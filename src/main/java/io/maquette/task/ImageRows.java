package io.maquette.task;

import io.maquette.persistence.NewRows;
import io.maquette.persistence.Sql;
import jakarta.persistence.EntityManager;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows of the pictures of several tasks, written and read in bulk without loading the tasks. The
 * claim already holds which pictures exist, because no other worker adds pictures to a claimed
 * task.
 */
public final class ImageRows {

  /**
   * New picture of a task.
   *
   * @param at creation time of the picture and the new {@code updatedAt} of its task
   */
  public record Stored(UUID task, NewImage image, Instant at) {}

  private static final NewRows<Stored> ROWS =
      new NewRows<Stored>("task_image")
          .column("task_id", Stored::task)
          .column("image_index", stored -> stored.image().index())
          .column("prompt", stored -> stored.image().variant())
          .column("remark", Types.VARCHAR, stored -> stored.image().remark())
          .column("file_key", stored -> stored.image().file().key())
          .column("file_sha256", stored -> stored.image().file().sha256())
          .column("file_type", stored -> stored.image().file().mediaType())
          .column("file_size", stored -> stored.image().file().size())
          .column("created_at", Stored::at);

  private final EntityManager entities;

  public ImageRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Inserts pictures of different tasks; the tasks must be locked. */
  public void add(List<Stored> images) {
    ROWS.add(entities, images);
  }

  /**
   * Returns the chosen picture of each task; tasks without a chosen picture are missing in the map.
   */
  public Map<UUID, FileRef> chosen(List<UUID> tasks) {
    List<UUID> asked = TaskRows.padded(tasks);
    Map<UUID, FileRef> chosen = new HashMap<>();
    Sql.rows(
            entities,
            "select i.task_id, i.file_key, i.file_sha256, i.file_type, i.file_size"
                + " from task t join task_image i"
                + " on i.task_id = t.id and i.image_index = t.selected_image_index"
                + " where t.id in "
                + TaskRows.places(asked),
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
  public void tell(List<Stored> images, Instant least, Instant until) {
    if (images.isEmpty()) {
      return;
    }
    List<Stored> padded = TaskRows.padded(images);
    List<Object> parameters = new ArrayList<>();
    parameters.add(least);
    parameters.add(until);
    for (Stored image : padded) {
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
            + TaskRows.places(padded),
        parameters);
  }
}
