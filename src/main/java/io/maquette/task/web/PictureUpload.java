package io.maquette.task.web;

import io.maquette.platform.http.Texts;
import io.maquette.task.Prompt;

/**
 * The parts of {@code POST /api/tasks} with a picture of one's own.
 *
 * @param picture the whole file as it came
 * @param prompt trimmed; a few words that stand for it where none came
 */
@SuppressWarnings("ArrayRecordComponent") // read once, handed on once
public record PictureUpload(byte[] picture, @PromptText String prompt) {
  public PictureUpload {
    prompt =
        prompt == null || prompt.isBlank()
            ? Texts.ofRequest().get("own-picture")
            : Prompt.trimmed(prompt);
  }
}
