package io.maquette.task.web;

import io.maquette.platform.http.RequestBody;

/**
 * The body of {@code POST /api/tasks}.
 *
 * @param prompt trimmed
 */
@RequestBody
public record CreateTask(@PromptText String prompt) {
  public CreateTask {
    prompt = prompt == null ? null : trimmed(prompt);
  }

  /** Without the space around it, in any script: ideographic and no-break spaces, too. */
  private static String trimmed(String text) {
    int[] characters = text.codePoints().dropWhile(CreateTask::isSpace).toArray();
    int length = characters.length;
    while (length > 0 && isSpace(characters[length - 1])) {
      length--;
    }
    return new String(characters, 0, length);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
