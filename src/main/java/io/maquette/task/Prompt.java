package io.maquette.task;

import io.maquette.http.VisibleText;

/** Rules for the prompt of a task: 1 to 500 characters. */
public final class Prompt {

  /** Maximum number of characters, counted as code points. */
  public static final int MAX = 500;

  private Prompt() {}

  /**
   * Returns the text without leading and trailing space of any script, including ideographic and
   * no-break spaces.
   */
  public static String trimmed(String text) {
    int[] characters = text.codePoints().dropWhile(Prompt::isSpace).toArray();
    int length = characters.length;
    while (length > 0 && isSpace(characters[length - 1])) {
      length--;
    }
    return new String(characters, 0, length);
  }

  /**
   * Returns whether a trimmed text is at most {@link #MAX} characters long, has a visible character
   * and no control character.
   */
  public static boolean isAcceptable(String text) {
    return VisibleText.Check.isFit(text, MAX);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
