package io.maquette.task.web;

import io.maquette.http.RequestBody;
import io.maquette.task.Prompt;

/**
 * Body of {@code POST /api/tasks}.
 *
 * @param prompt trimmed prompt
 */
@RequestBody
public record CreateTask(@PromptText String prompt) {
  public CreateTask {
    prompt = prompt == null ? null : Prompt.trimmed(prompt);
  }
}
