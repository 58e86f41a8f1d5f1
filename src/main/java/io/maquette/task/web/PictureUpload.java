package io.maquette.task.web;

import io.maquette.http.Messages;
import io.maquette.storage.SpooledContent;
import io.maquette.task.Prompt;

/**
 * Parts of {@code POST /api/tasks} with an uploaded picture.
 *
 * @param picture the uploaded file; the receiver closes it
 * @param prompt trimmed prompt; a default text in the language of the request if none was sent
 */
public record PictureUpload(SpooledContent picture, @PromptText String prompt) {
  public PictureUpload {
    prompt =
        prompt == null || prompt.isBlank()
            ? Messages.ofRequest().get("own-picture")
            : Prompt.trimmed(prompt);
  }
}
