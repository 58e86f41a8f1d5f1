package io.maquette.task;

import io.maquette.http.VisibleText;

/** What a task may be made from: a sentence of 1 to 500 characters. */
public final class Prompt {

  /** The most characters, counted as people count them (code points). */
  public static final int MAX = 500;

  private Prompt() {}

  /** Without the space around it, in any script: ideographic and no-break spaces, too. */
  public static String trimmed(String text) {
    int[] characters = text.codePoints().dropWhile(Prompt::isSpace).toArray();
    int length = characters.length;
    while (length > 0 && isSpace(characters[length - 1])) {
      length--;
    }
    return new String(characters, 0, length);
  }

  /** Whether a trimmed text has no control character, one visible one, and not too many. */
  public static boolean isAcceptable(String text) {
    return VisibleText.Check.isFit(text, MAX);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
