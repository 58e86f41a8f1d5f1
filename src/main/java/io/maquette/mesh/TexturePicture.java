package io.maquette.mesh;

import io.maquette.picture.PictureDecoder;
import io.maquette.picture.PictureDecoder.Colours;
import io.maquette.picture.UnusablePictureException;
import io.maquette.storage.FileType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Picture of a texture as stored in the file; it is decoded when a colour is first requested. */
final class TexturePicture {

  /** Picture that is missing in the file. */
  static final TexturePicture MISSING = new TexturePicture(new byte[0]);

  private static final Logger LOG = Logger.getLogger(TexturePicture.class.getName());

  /** Maximum length of the longer side of a WebP texture in an OBJ file, in pixels. */
  private static final int OBJ_SIDE = 4_096;

  /** Maximum side length of the picture from which colours are sampled, in pixels. */
  private static final int SAMPLED_SIDE = 2_048;

  private final byte[] content;
  private final FileType type;
  private BufferedImage image;
  private boolean isBroken;

  TexturePicture(byte[] content) {
    this.content = content;
    type = FileType.ofHead(content).filter(FileType.pictures()::contains).orElse(null);
  }

  /** Returns whether the first bytes are of a supported picture format. */
  boolean hasKnownType() {
    return type != null;
  }

  /** Decodes the picture; returns whether colours can be sampled from it. */
  boolean isReadable() {
    return decoded() != null;
  }

  /** Returns the extension of the file that {@link #forObj} returns. */
  String extension() {
    return (type == FileType.JPEG ? FileType.JPEG : FileType.PNG).extension();
  }

  /** Returns the picture as PNG or JPEG, which every program that reads OBJ supports. */
  byte[] forObj() throws IOException {
    if (type != FileType.WEBP) {
      return content;
    }
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(PictureDecoder.decode(content, OBJ_SIDE, Colours.AS_STORED), "png", png);
      return png.toByteArray();
    } catch (UnusablePictureException e) {
      throw new IOException("A WebP texture that was read before cannot be read again", e);
    }
  }

  /**
   * Picture in a format of files.
   *
   * @param type PNG or JPEG
   */
  @SuppressWarnings("ArrayRecordComponent") // created once, read once
  record Encoded(byte[] content, FileType type) {}

  /**
   * Returns the readable picture as PNG or JPEG of at most {@link #SAMPLED_SIDE} pixels on a side,
   * which phones can show.
   */
  Encoded forUsdz() throws IOException {
    FileType kept = type == FileType.JPEG ? FileType.JPEG : FileType.PNG;
    if (type == kept && longerSide() <= SAMPLED_SIDE) {
      return new Encoded(content, kept);
    }
    BufferedImage decoded = decoded();
    FileType written = decoded.getColorModel().hasAlpha() ? FileType.PNG : kept;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(decoded, written == FileType.JPEG ? "jpeg" : "png", file);
    return new Encoded(file.toByteArray(), written);
  }

  /** Returns the length of the longer side in the file, in pixels; a very high one if unknown. */
  private int longerSide() throws IOException {
    try (ImageInputStream input =
        ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return Integer.MAX_VALUE;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        return Math.max(reader.getWidth(0), reader.getHeight(0));
      } catch (IOException | RuntimeException e) { // the other decoder reads more files
        LOG.log(Level.FINE, "The size of a texture cannot be read", e);
        return Integer.MAX_VALUE;
      } finally {
        reader.dispose();
      }
    }
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Returns the colour of a pixel, 0xRRGGBB in sRGB. */
  int pixel(int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  private BufferedImage decoded() {
    if (image == null && !isBroken) {
      try {
        image =
            type == null ? null : PictureDecoder.decode(content, SAMPLED_SIDE, Colours.AS_STORED);
      } catch (UnusablePictureException e) {
        LOG.log(Level.FINE, "A texture cannot be read", e);
      }
      isBroken = image == null;
    }
    return image;
  }
}
