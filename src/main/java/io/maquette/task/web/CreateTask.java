package io.maquette.task.web;

import io.maquette.platform.http.RequestBody;

/** The body of {@code POST /api/tasks}. */
@RequestBody
public record CreateTask(@PromptText String prompt) {}
