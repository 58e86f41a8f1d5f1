package io.maquette.asset;

/** What somebody sent is no picture that we can work with. */
public class UnusablePictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** Its first bytes are neither PNG, JPEG nor WebP. */
    TYPE,
    /** It cannot be read: broken, cut off, or of a kind that is not known here, such as CMYK. */
    BROKEN,
    /** A WebP file whose transparency might be read wrongly here, see {@link WebpPalette}. */
    WEBP_PALETTE,
    /** It has too many pixels. */
    TOO_LARGE,
    /** There is nothing to see on so few pixels. */
    TOO_SMALL
  }

  private final Reason reason;

  UnusablePictureException(Reason reason, Throwable cause) {
    super(reason.name(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
