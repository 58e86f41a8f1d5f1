package io.maquette.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Single byte range of a request (RFC 9110, section 14).
 *
 * @param first first byte
 * @param last last byte, inclusive
 */
record ByteRange(long first, long last) {

  private static final Pattern SINGLE =
      Pattern.compile("bytes=\\s*([0-9]*)-([0-9]*)\\s*", Pattern.CASE_INSENSITIVE);

  /** Failure to serve a range outside the file. */
  static class NotSatisfiableException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a {@code Range} header.
   *
   * @param header may be null
   * @param size the file's size, in bytes
   * @return empty if the whole file must be sent: for no header, several ranges or an invalid one
   */
  static Optional<ByteRange> in(String header, long size) throws NotSatisfiableException {
    Matcher range = SINGLE.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long suffix = position(range.group(2));
      if (suffix == 0 || size == 0) {
        throw new NotSatisfiableException();
      }
      return Optional.of(new ByteRange(Math.max(0, size - suffix), size - 1));
    }
    long first = position(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : position(range.group(2));
    if (!range.group(2).isEmpty() && last < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw new NotSatisfiableException();
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  /**
   * Reads a position of any number of digits; a value too large for a {@code long} is behind the
   * end of every file.
   */
  private static long position(String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    return number.length() > 18 ? Long.MAX_VALUE : Long.parseLong(number);
  }

  /** Returns the number of bytes. */
  long length() {
    return last - first + 1;
  }
}
