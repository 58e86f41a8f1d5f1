package io.maquette.asset;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import io.maquette.asset.UnusablePictureException.Reason;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture that somebody sent us, drawn anew: upright, not larger than it needs to be, and without
 * anything else that was in its file. Of one that moves it is the first frame.
 *
 * @param content the whole file
 * @param type JPEG, or PNG where something of it is transparent
 */
@SuppressWarnings("ArrayRecordComponent") // made once, stored once
public record ReceivedPicture(byte[] content, FileType type) {

  /** The largest file that is looked at, in bytes. */
  public static final int MAX_BYTES = 10 << 20;

  private static final int MAX_SIDE = 16_384;
  private static final long MAX_PIXELS = 40_000_000;

  private static final int LEAST_SIDE = 16;

  /** Each draws over the whole picture; cameras and programs make ten or so. */
  private static final int MAX_SCANS = 64;

  /** The longer side of what is kept, at most. */
  private static final int KEPT_SIDE = 2048;

  private static final float QUALITY = 0.92f;

  /** EXIF's numbers for pictures that are turned or mirrored go from 2 to 8; 1 is upright. */
  private static final int UPRIGHT = 1;

  /**
   * Draws it anew. Takes some 100 MB while it does.
   *
   * @param sent the whole file as it came
   * @throws UnusablePictureException if it is none, saying why
   */
  public static ReceivedPicture of(byte[] sent) throws UnusablePictureException {
    FileType type =
        FileType.ofHead(sent)
            .filter(FileType.pictures()::contains)
            .orElseThrow(() -> new UnusablePictureException(Reason.TYPE, null));
    try {
      check(sent, type);
      BufferedImage image = upright(decoded(sent, type), orientation(sent, type));
      return isOpaque(image)
          ? new ReceivedPicture(encoded(image, "jpeg"), FileType.JPEG)
          : new ReceivedPicture(encoded(image, "png"), FileType.PNG);
    } catch (IOException | RuntimeException e) { // readers throw either at broken files
      throw new UnusablePictureException(Reason.BROKEN, e);
    }
  }

  private static void check(byte[] sent, FileType type)
      throws IOException, UnusablePictureException {
    if (type == FileType.JPEG && scans(sent) > MAX_SCANS) {
      throw new IIOException("more than " + MAX_SCANS + " scans");
    }
    if (type == FileType.WEBP && WebpPalette.mayEndEarly(sent)) {
      throw new UnusablePictureException(Reason.WEBP_PALETTE, null);
    }
  }

  /** Markers of scans (JPEG, B.1.1.3): within what a scan has, no such pair of bytes occurs. */
  private static int scans(byte[] jpeg) {
    int scans = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      scans += jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA ? 1 : 0;
    }
    return scans;
  }

  private static BufferedImage decoded(byte[] sent, FileType type)
      throws IOException, UnusablePictureException {
    ImageReader reader = PictureReaders.of(type);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(sent))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      int longer = Math.max(width, height);
      long most = type == FileType.WEBP ? PictureReaders.MAX_WEBP_PIXELS : MAX_PIXELS;
      if (longer > MAX_SIDE || (long) width * height > most) {
        throw new UnusablePictureException(Reason.TOO_LARGE, null);
      }
      if (Math.min(width, height) < LEAST_SIDE) {
        throw new UnusablePictureException(Reason.TOO_SMALL, null);
      }
      ImageReadParam param = reader.getDefaultReadParam();
      int step = Math.max(1, longer / KEPT_SIDE);
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      if (type == FileType.JPEG && image.getColorModel().getNumComponents() > 3) {
        throw new IIOException("four colours, which may be CMYK");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** How a camera was held, as EXIF has it; upright where that is not told, or cannot be read. */
  private static int orientation(byte[] sent, FileType type) {
    if (type != FileType.JPEG) {
      return UPRIGHT;
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(sent))) {
      List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(in, 0xFFE1, "Exif");
      if (segments.isEmpty()) {
        return UPRIGHT;
      }
      byte[] exif = segments.get(0).data().readAllBytes();
      return orientation(exif);
    } catch (IOException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  private static int orientation(byte[] exif) throws IOException {
    try (ImageInputStream tags =
        new MemoryCacheImageInputStream(
            new ByteArrayInputStream(exif, 1, exif.length - 1))) { // the first is a filling byte
      Entry entry = new TIFFReader().read(tags).getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null && entry.getValue() instanceof Number told ? told.intValue() : UPRIGHT;
    }
  }

  /** The picture as it was meant to be seen, not larger than it needs to be. */
  private static BufferedImage upright(BufferedImage image, int orientation) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    double scale = Math.min(1, (double) KEPT_SIDE / longer);
    int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
    boolean lies = orientation >= 5 && orientation <= 8;
    BufferedImage upright =
        new BufferedImage(
            lies ? height : width,
            lies ? width : height,
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = upright.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    AffineTransform turn = turn(orientation, width, height);
    turn.scale((double) width / image.getWidth(), (double) height / image.getHeight());
    graphics.drawImage(image, turn, null);
    graphics.dispose();
    return upright;
  }

  /** What brings a picture of this size upright (EXIF 2.3, 4.6.4, Orientation). */
  private static AffineTransform turn(int orientation, int width, int height) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }

  private static boolean isOpaque(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return true;
    }
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      if (Arrays.stream(row).anyMatch(pixel -> pixel >>> 24 != 255)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream content = new ByteArrayOutputStream(1 << 20);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(withoutAlpha(image, format), null, null), param);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }

  /** JPEG has none. */
  private static BufferedImage withoutAlpha(BufferedImage image, String format) {
    if (format.equals("png") || !image.getColorModel().hasAlpha()) {
      return image;
    }
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return opaque;
  }
}
