package io.maquette.task.web;

import io.maquette.http.RequestBody;
import io.maquette.task.Prompt;
import io.maquette.task.Task;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Body of {@code POST /api/tasks/{id}/edit}.
 *
 * @param imageIndex index of the picture to edit
 * @param instruction trimmed edit instruction
 */
@RequestBody
public record EditImage(
    @NotNull(message = "invalid.image")
        @Min(value = 0, message = "invalid.image")
        @Max(value = Task.MAX_IMAGES - 1, message = "invalid.image")
        Integer imageIndex,
    @PromptText String instruction) {
  public EditImage {
    instruction = instruction == null ? null : Prompt.trimmed(instruction);
  }
}
