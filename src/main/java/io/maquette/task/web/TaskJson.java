package io.maquette.task.web;

import io.maquette.concurrent.BoundedCache;
import io.maquette.http.JsonFormat;
import io.maquette.http.Messages;
import io.maquette.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * JSON of tasks without waiting information, in the language of the request. Each version of a task
 * is written once for each language, for all responses and event streams of the node that need it.
 */
@ApplicationScoped
public class TaskJson {

  /** Maximum number of characters in the cache. */
  private static final int MAX_CACHED = 8 << 20;

  private final BoundedCache<Key, String> cache = new BoundedCache<>(MAX_CACHED, String::length);

  private record Key(UUID task, Instant version, Locale language) {}

  private static Key keyOf(UUID task, Instant version) {
    return new Key(task, version, Messages.ofRequest().language());
  }

  /** Returns the JSON of a task. */
  public String of(Task task) {
    Key key = keyOf(task.id(), task.updatedAt());
    return cache
        .get(key)
        .orElseGet(
            () -> {
              String json = JsonFormat.write(TaskView.of(task));
              cache.put(key, json);
              return json;
            });
  }

  /**
   * Returns the JSON of a version of a task, if it was written already.
   *
   * @param version when the task last changed visibly
   */
  Optional<String> known(UUID task, Instant version) {
    return cache.get(keyOf(task, version));
  }
}
