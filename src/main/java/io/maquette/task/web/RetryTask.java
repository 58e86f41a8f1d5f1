package io.maquette.task.web;

import io.maquette.http.RequestBody;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Body of {@code POST /api/tasks/{id}/retry}. */
@RequestBody
public record RetryTask(
    @NotNull(message = "invalid.retry") @Pattern(regexp = "images|model", message = "invalid.retry")
        String type) {}
