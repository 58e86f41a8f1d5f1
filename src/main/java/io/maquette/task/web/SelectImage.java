package io.maquette.task.web;

import io.maquette.http.RequestBody;
import io.maquette.task.Task;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** Body of {@code PATCH /api/tasks/{id}}. */
@RequestBody
public record SelectImage(
    @NotNull(message = "invalid.image")
        @Min(value = 0, message = "invalid.image")
        @Max(value = Task.MOST_IMAGES - 1, message = "invalid.image")
        Integer selectedImageIndex) {}
