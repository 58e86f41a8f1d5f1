package io.maquette.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageReader;

/** WebP file (RFC 9649). For an animation it is the first frame, on its canvas. */
final class WebpFile implements PictureFile {

  private static final int MAX_CHUNKS = 10_000;

  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEAD = 8;
  private static final int FRAME_HEAD = 16;
  private static final int LOSSLESS_HEAD = 5;
  private static final int LOSSY_HEAD = 10;

  private static final long MAX_PIXELS = 50_000_000;

  private final byte[] file;

  /** Size of the canvas; zero until it is known. */
  private int width;

  private int height;
  private int frameX;
  private int frameY;
  private int frameWidth;
  private int frameHeight;
  private ByteBuffer lossy;
  private ByteBuffer lossless;
  private ByteBuffer alpha;
  private byte[] profile;
  private int orientation = ExifOrientation.UPRIGHT;

  private WebpFile(byte[] file) {
    this.file = file;
  }

  static WebpFile of(byte[] file) throws UnusablePictureException {
    WebpFile webp = new WebpFile(file);
    webp.readChunks(FIRST_CHUNK, file.length, false);
    if (!webp.hasPicture()) {
      int announced = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
      throw (announced & 0xFFFFFFFFL) + 8 > file.length
          ? new UnusablePictureException(Reason.CUT_OFF, "WebP before its picture")
          : broken("without a picture");
    }
    webp.readSize();
    return webp;
  }

  private static UnusablePictureException broken(String what) {
    return new UnusablePictureException(Reason.BROKEN, "WebP " + what);
  }

  private boolean hasPicture() {
    return lossy != null || lossless != null;
  }

  private void readChunks(int from, int end, boolean isFrame) throws UnusablePictureException {
    int at = from;
    for (int chunk = 0; chunk < MAX_CHUNKS && at + CHUNK_HEAD <= end; chunk++) {
      String name = new String(file, at, 4, StandardCharsets.ISO_8859_1);
      int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4);
      at += CHUNK_HEAD;
      if (length < 0 || length > end - at) {
        if (hasPicture() && !isFrame) {
          return; // the missing part is not the picture
        }
        throw new UnusablePictureException(Reason.CUT_OFF, "WebP chunk " + name);
      }
      if (isFrame && name.equals("ANMF")) {
        throw broken("frame within a frame"); // nested frames would overflow the stack
      }
      read(name, ByteBuffer.wrap(file, at, length).slice().order(ByteOrder.LITTLE_ENDIAN), at);
      at += length + (length & 1);
    }
  }

  private void read(String name, ByteBuffer content, int at) throws UnusablePictureException {
    switch (name) {
      case "VP8X" -> {
        if (content.limit() >= 10 && !hasPicture()) {
          width = 1 + three(content, 4);
          height = 1 + three(content, 7);
        }
      }
      case "ANMF" -> {
        if (!hasPicture()) {
          if (content.limit() < FRAME_HEAD) {
            throw broken("frame");
          }
          frameX = 2 * three(content, 0);
          frameY = 2 * three(content, 3);
          readChunks(at + FRAME_HEAD, at + content.limit(), true);
        }
      }
      case "VP8 " -> lossy = hasPicture() ? lossy : content;
      case "VP8L" -> lossless = hasPicture() ? lossless : content;
      case "ALPH" -> alpha = hasPicture() || alpha != null ? alpha : content;
      case "ICCP" -> {
        if (profile == null && content.limit() <= ColourProfile.MAX_BYTES) {
          profile = new byte[content.limit()];
          content.get(profile);
        }
      }
      case "EXIF" -> orientation = orientation(content);
      default -> {
        // XMP, ANIM and future chunks
      }
    }
  }

  private static int three(ByteBuffer content, int at) {
    return (content.getShort(at) & 0xFFFF) | (content.get(at + 2) & 0xFF) << 16;
  }

  /** Reads the orientation; some programs put JPEG's six-byte prefix before the EXIF data. */
  private static int orientation(ByteBuffer exif) {
    boolean hasPrefix = exif.limit() > 6 && exif.get(0) == 'E' && exif.get(1) == 'x';
    return ExifOrientation.of(hasPrefix ? exif.position(6) : exif);
  }

  private void readSize() throws UnusablePictureException {
    if (lossless != null) {
      if (lossless.limit() < LOSSLESS_HEAD) {
        throw new UnusablePictureException(Reason.CUT_OFF, "WebP header");
      }
      int head = lossless.getInt(1);
      if (lossless.get(0) != 0x2F || head >>> 29 != 0) {
        throw broken("lossless header");
      }
      frameWidth = 1 + (head & 0x3FFF);
      frameHeight = 1 + (head >> 14 & 0x3FFF);
    } else {
      if (lossy.limit() < LOSSY_HEAD) {
        throw new UnusablePictureException(Reason.CUT_OFF, "WebP header");
      }
      boolean isKeyFrame = (lossy.get(0) & 1) == 0;
      if (!isKeyFrame || three(lossy, 3) != 0x2A019D) {
        throw broken("lossy header");
      }
      frameWidth = lossy.getShort(6) & 0x3FFF;
      frameHeight = lossy.getShort(8) & 0x3FFF;
    }
    if (width == 0 || (frameX == 0 && frameY == 0 && !isSmaller())) {
      width = frameWidth;
      height = frameHeight;
    }
    if (frameWidth == 0 || frameHeight == 0) {
      throw broken("of no size");
    }
    if (frameX + frameWidth > width || frameY + frameHeight > height) {
      throw broken("frame outside its canvas");
    }
  }

  private boolean isSmaller() {
    return frameWidth < width || frameHeight < height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int orientation() {
    return orientation;
  }

  @Override
  public byte[] profile() {
    return profile;
  }

  @Override
  public long mostPixels() {
    return MAX_PIXELS;
  }

  @Override
  public long heapBytes(int step) {
    long pixels = (long) frameWidth * frameHeight;
    if (lossless != null) {
      return 8 * pixels + LosslessWebp.codesBytes(lossless.limit());
    }
    return alpha == null ? 6 * pixels : 14 * pixels + LosslessWebp.codesBytes(alpha.limit());
  }

  @Override
  public PictureFile.Samples samples(int step) throws IOException, UnusablePictureException {
    if (lossless != null) {
      int[] pixels =
          LosslessWebp.decode(
              file,
              start(lossless) + LOSSLESS_HEAD,
              start(lossless) + lossless.limit(),
              frameWidth,
              frameHeight);
      boolean hasAlpha = (lossless.getInt(1) >> 28 & 1) == 1;
      return new Canvas((row, colour, opacity) -> readArgb(pixels, row, hasAlpha, colour, opacity));
    }
    byte[] opacities = alpha == null ? null : opacities();
    Raster raster = lossyRaster();
    int[] values = new int[3 * frameWidth];
    return new Canvas(
        (row, colour, opacity) -> {
          raster.getPixels(0, row, frameWidth, 1, values);
          for (int i = 0; i < values.length; i++) {
            colour[i] = (byte) values[i];
          }
          if (opacities == null) {
            Arrays.fill(opacity, 0, frameWidth, (byte) 255);
          } else {
            System.arraycopy(opacities, row * frameWidth, opacity, 0, frameWidth);
          }
        });
  }

  private static int start(ByteBuffer chunk) {
    return chunk.arrayOffset();
  }

  private void readArgb(int[] pixels, int row, boolean hasAlpha, byte[] colour, byte[] opacity) {
    for (int x = 0, at = 0; x < frameWidth; x++) {
      int pixel = pixels[row * frameWidth + x];
      colour[at++] = (byte) (pixel >> 16);
      colour[at++] = (byte) (pixel >> 8);
      colour[at++] = (byte) pixel;
      opacity[x] = (byte) (hasAlpha ? pixel >>> 24 : 255);
    }
  }

  /** Decodes a file of this chunk alone with the library. */
  private Raster lossyRaster() throws IOException {
    int length = lossy.limit();
    ByteBuffer simple =
        ByteBuffer.allocate(FIRST_CHUNK + CHUNK_HEAD + length + (length & 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    simple.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(simple.capacity() - 8);
    simple.put("WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1)).putInt(length);
    simple.put(lossy.duplicate().rewind());
    ImageReader reader = PictureReaders.of(FileType.WEBP);
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(simple.array())) {
      reader.setInput(in, true, true);
      return reader.read(0).getRaster();
    } finally {
      reader.dispose();
    }
  }

  /** Decodes the transparency of a lossy picture (RFC 9649, 2.7.1.2). */
  private byte[] opacities() throws UnusablePictureException {
    if (alpha.limit() < 1) {
      throw broken("transparency");
    }
    int flags = alpha.get(0);
    int from = start(alpha) + 1;
    int end = start(alpha) + alpha.limit();
    byte[] values = new byte[frameWidth * frameHeight];
    switch (flags & 3) {
      case 0 -> {
        if (end - from < values.length) {
          throw new UnusablePictureException(Reason.CUT_OFF, "WebP transparency");
        }
        System.arraycopy(file, from, values, 0, values.length);
      }
      case 1 -> {
        int[] pixels = LosslessWebp.decode(file, from, end, frameWidth, frameHeight);
        for (int i = 0; i < pixels.length; i++) {
          values[i] = (byte) (pixels[i] >> 8);
        }
      }
      default -> throw new UnusablePictureException(Reason.RARE, "WebP transparency");
    }
    addPredictions(values, flags >> 2 & 3);
    return values;
  }

  private void addPredictions(byte[] values, int filter) {
    if (filter == 0) {
      return;
    }
    for (int y = 0, i = 0; y < frameHeight; y++) {
      for (int x = 0; x < frameWidth; x++, i++) {
        int left = x > 0 ? values[i - 1] & 255 : 0;
        int top = y > 0 ? values[i - frameWidth] & 255 : 0;
        int predicted;
        if (x == 0) {
          predicted = top;
        } else if (y == 0) {
          predicted = left;
        } else if (filter == 1) {
          predicted = left;
        } else if (filter == 2) {
          predicted = top;
        } else {
          int corner = values[i - frameWidth - 1] & 255;
          predicted = Math.max(0, Math.min(255, left + top - corner));
        }
        values[i] += (byte) predicted;
      }
    }
  }

  /** Function that reads a row of the frame. */
  private interface Row {
    void read(int row, byte[] colour, byte[] opacity);
  }

  /** Canvas with the frame at its position and transparent pixels around it. */
  private final class Canvas implements PictureFile.Samples {
    private final Row frame;
    private final byte[] colours = new byte[3 * frameWidth];
    private final byte[] opacities = new byte[frameWidth];

    Canvas(Row frame) {
      this.frame = frame;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public int components() {
      return 3;
    }

    @Override
    public void read(int row, byte[] colour, byte[] alpha) {
      Arrays.fill(colour, 0, 3 * width, (byte) 0);
      Arrays.fill(alpha, 0, width, (byte) 0);
      if (row >= frameY && row < frameY + frameHeight) {
        frame.read(row - frameY, colours, opacities);
        System.arraycopy(colours, 0, colour, 3 * frameX, colours.length);
        System.arraycopy(opacities, 0, alpha, frameX, frameWidth);
      }
    }
  }
}
