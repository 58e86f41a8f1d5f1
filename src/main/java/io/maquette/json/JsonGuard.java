package io.maquette.json;

import java.io.IOException;
import java.io.Reader;
import java.util.BitSet;

/**
 * Reader that checks a JSON text on its way to a parser. The guard fails where the text ends inside
 * an object, an array or a string. It also fails where a bracket does not match, the nesting is too
 * deep, or the text has too many values.
 *
 * <p>Reason: {@code skipObject} and {@code skipArray} of Eclipse Parsson count brackets and ignore
 * the end of the input. This was seen in 1.1.7, which Payara 6 and WildFly 39 use. JSON-B (Eclipse
 * Yasson) calls them for every unknown member. On a text that breaks off in such a member the
 * thread never returns.
 *
 * <p>Why this is safe with every parser: the guard returns the end of the input only after all
 * brackets are closed. Code that looks for a closing bracket therefore finds it, or gets an {@link
 * IOException} from the read that would have returned the end. Code that reads past the end of a
 * complete text for any other reason gets an exception after {@value #MAX_READS_PAST_END} reads.
 * The guard and the parser agree on which characters are in strings. JSON has one kind of quote and
 * one escape character, and a parser refuses a backslash outside a string.
 */
final class JsonGuard extends Reader {

  /** Parsers read the end of a complete text only a few times. */
  static final int MAX_READS_PAST_END = 100;

  private final Reader text;
  private final int maxDepth;
  private final long maxValues;

  /** The open brackets, outermost first; a set bit is an object. */
  private final BitSet open = new BitSet();

  private int depth;
  private long values;
  private boolean inString;
  private boolean escaped;
  private int readsPastEnd;

  /**
   * Creates a guard.
   *
   * @param maxValues maximum number of commas and opening brackets, which is about the number of
   *     values
   */
  JsonGuard(Reader text, int maxDepth, long maxValues) {
    this.text = text;
    this.maxDepth = maxDepth;
    this.maxValues = maxValues;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count;
    do {
      count = text.read(into, offset, length);
    } while (count == 0);
    if (count < 0) {
      checkEnd();
      return count;
    }
    for (int i = offset; i < offset + count; i++) {
      check(into[i]);
    }
    return count;
  }

  private void checkEnd() throws IOException {
    if (inString || depth > 0) {
      throw new InvalidJsonException("the JSON text is cut off");
    }
    if (++readsPastEnd > MAX_READS_PAST_END) {
      throw new InvalidJsonException("the JSON text has ended");
    }
  }

  private void check(char next) throws IOException {
    if (inString) {
      if (escaped) {
        escaped = false;
      } else if (next == '\\') {
        escaped = true;
      } else if (next == '"') {
        inString = false;
      }
      return;
    }
    switch (next) {
      case '"' -> inString = true;
      case ',' -> count();
      case '{', '[' -> {
        count();
        open(next == '{');
      }
      case '}', ']' -> close(next == '}');
      default -> {
        // the parser judges the other characters
      }
    }
  }

  private void count() throws IOException {
    if (++values > maxValues) {
      throw new InvalidJsonException("the JSON text has more than " + maxValues + " values");
    }
  }

  private void open(boolean isObject) throws IOException {
    if (depth == maxDepth) {
      throw new InvalidJsonException.NestedTooDeeply(maxDepth);
    }
    open.set(depth++, isObject);
  }

  private void close(boolean isObject) throws IOException {
    if (depth == 0 || open.get(depth - 1) != isObject) {
      throw new InvalidJsonException("the JSON text has a bracket that does not match");
    }
    depth--;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
