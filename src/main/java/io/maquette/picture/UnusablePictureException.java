package io.maquette.picture;

import java.util.Locale;
import java.util.Optional;

/** Failure to use a file as a picture. */
public class UnusablePictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Reason of the failure. */
  public enum Reason {
    /** The first bytes are of no PNG, JPEG, WebP or other known format. */
    TYPE,
    /** The file has another known format, named by {@link #format()}. */
    FORMAT,
    /** The file is damaged. */
    BROKEN,
    /** The file ends before the picture does. */
    CUT_OFF,
    /** The file is a rare kind of JPEG or WebP that no reader supports, such as a lossless JPEG. */
    RARE,
    /** The picture has too many pixels, or needs too much memory. */
    TOO_LARGE,
    /** The picture has too few pixels to show anything. */
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

  /** Returns the name of the file format, such as HEIC; present for {@link Reason#FORMAT} only. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }
}
