package io.maquette.picture;

import java.util.Locale;
import java.util.Optional;

/** A file is not a picture that we can work with. */
public class UnusablePictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** Its first bytes are neither PNG, JPEG nor WebP, and of no other kind that we know. */
    TYPE,
    /** It is of another kind of file, whose name is {@link #format()}. */
    FORMAT,
    /** It is damaged. */
    BROKEN,
    /** It ends before the picture does. */
    CUT_OFF,
    /** A JPEG or WebP file of a rare kind that no reader here knows, such as a lossless JPEG. */
    RARE,
    /** It has too many pixels, or needs too much memory. */
    TOO_LARGE,
    /** There is nothing to see on so few pixels. */
    TOO_SMALL
  }

  private final Reason reason;
  private final String format;

  UnusablePictureException(Reason reason, Throwable cause) {
    this(reason, null, words(reason), cause);
  }

  UnusablePictureException(Reason reason, String detail) {
    this(reason, null, words(reason) + ": " + detail, null);
  }

  private UnusablePictureException(Reason reason, String format, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.format = format;
  }

  static UnusablePictureException ofFormat(String format) {
    return new UnusablePictureException(Reason.FORMAT, format, "format " + format, null);
  }

  private static String words(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  public Reason reason() {
    return reason;
  }

  /** Name of the file format, such as HEIC; present for {@link Reason#FORMAT} alone. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }
}
