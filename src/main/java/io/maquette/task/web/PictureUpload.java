package io.maquette.task.web;

import io.maquette.http.Messages;
import io.maquette.storage.SpooledContent;
import io.maquette.task.Prompt;

/**
 * The parts of {@code POST /api/tasks} with a picture of one's own.
 *
 * @param picture the whole file as it came, to be closed
 * @param prompt trimmed; a few words that stand for it where none came
 */
public record PictureUpload(SpooledContent picture, @PromptText String prompt) {
  public PictureUpload {
    prompt =
        prompt == null || prompt.isBlank()
            ? Messages.ofRequest().get("own-picture")
            : Prompt.trimmed(prompt);
  }
}
