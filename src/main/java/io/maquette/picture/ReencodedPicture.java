package io.maquette.picture;

import io.maquette.picture.PictureDecoder.Colours;
import io.maquette.storage.FileType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Re-encoded picture: upright, in sRGB, of limited size, and without any other data of its file.
 * For an animation it is the first frame.
 *
 * @param content the whole file
 * @param type JPEG, or PNG if some pixels are transparent
 */
@SuppressWarnings("ArrayRecordComponent") // created once, never changed
public record ReencodedPicture(byte[] content, FileType type) {

  /** Maximum size of an accepted file, in bytes. */
  public static final int MAX_BYTES = 32 << 20;

  private static final int MIN_SIDE = 16;

  /** Maximum length of the longer side of the stored picture, in pixels. */
  private static final int KEPT_SIDE = 2048;

  private static final float QUALITY = 0.92f;

  private static final float THUMBNAIL_QUALITY = 0.82f;

  /**
   * Decodes a picture from a user and encodes it again.
   *
   * @param sent the whole file as received
   * @throws UnusablePictureException with the reason if it cannot be used
   */
  public static ReencodedPicture of(byte[] sent) throws UnusablePictureException {
    return encoded(PictureDecoder.decode(sent, KEPT_SIDE, MIN_SIDE, Colours.SEEN), QUALITY);
  }

  /**
   * Makes a small version of a picture for lists.
   *
   * @param file the whole file of the picture
   * @param longerSide maximum length of its longer side, in pixels; a smaller picture keeps its
   *     size
   * @throws UnusablePictureException with the reason if it cannot be decoded
   */
  public static ReencodedPicture thumbnail(byte[] file, int longerSide)
      throws UnusablePictureException {
    return encoded(PictureDecoder.decode(file, longerSide, Colours.SEEN), THUMBNAIL_QUALITY);
  }

  private static ReencodedPicture encoded(BufferedImage image, float quality) {
    try {
      return image.getColorModel().hasAlpha()
          ? new ReencodedPicture(encoded(image, "png", quality), FileType.PNG)
          : new ReencodedPicture(encoded(image, "jpeg", quality), FileType.JPEG);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // unreachable: writes to memory do not fail
    }
  }

  private static byte[] encoded(BufferedImage image, String format, float quality)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream content = new ByteArrayOutputStream(1 << 20);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }
}
