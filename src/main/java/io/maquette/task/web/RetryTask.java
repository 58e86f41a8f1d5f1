package io.maquette.task.web;

import io.maquette.http.RequestBody;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Body of {@code POST /api/tasks/{id}/retry}.
 *
 * @param type stage to restart
 * @param seed {@code same} (the default) keeps the options; {@code new} draws a new seed
 */
@RequestBody
public record RetryTask(
    @NotNull(message = "invalid.retry") @Pattern(regexp = "images|model", message = "invalid.retry")
        String type,
    @Pattern(regexp = "same|new", message = "invalid.retry-seed") String seed) {

  /** Returns whether the request asks for another result, by a new seed. */
  boolean isForOthers() {
    return "new".equals(seed);
  }
}
