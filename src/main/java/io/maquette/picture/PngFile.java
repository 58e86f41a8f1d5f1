package io.maquette.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * PNG file (PNG, third edition). Colours are sRGB unless there is an ICC profile. gAMA and cHRM are
 * ignored, because most files with them are sRGB or have wrong values. For an animation it is the
 * default image, which programs without animation support show.
 */
final class PngFile implements PictureFile {

  /**
   * Maximum number of chunks, because each costs time; usual writers put 8 KiB or a row into a
   * chunk.
   */
  private static final int MAX_CHUNKS = 20_000;

  private static final long MAX_PIXELS = 220_000_000;

  /** Maximum size of all decompressed rows together. */
  private static final long MAX_BYTES = 1L << 30;

  private static final int SIGNATURE_BYTES = 8;
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private final int width;
  private final int height;
  private final int depth;
  private final int colourType;
  private final boolean isInterlaced;
  private byte[] palette;
  private byte[] transparency;
  private byte[] profile;
  private int orientation = ExifOrientation.UPRIGHT;
  private byte[] essence;

  private PngFile(ByteBuffer header) throws UnusablePictureException {
    width = header.getInt();
    height = header.getInt();
    depth = header.get();
    colourType = header.get();
    int compression = header.get();
    int filter = header.get();
    int interlace = header.get();
    isInterlaced = interlace == 1;
    if (width <= 0
        || height <= 0
        || compression != 0
        || filter != 0
        || (interlace & ~1) != 0
        || !isKnown()) {
      throw broken("header");
    }
  }

  private boolean isKnown() {
    return switch (colourType) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  private static UnusablePictureException broken(String what) {
    return new UnusablePictureException(Reason.BROKEN, "PNG " + what);
  }

  static PngFile of(byte[] file) throws UnusablePictureException {
    ByteBuffer data = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    if (data.remaining() < 25) {
      throw new UnusablePictureException(Reason.CUT_OFF, "PNG without header");
    }
    if (data.getInt() != 13 || !name(data).equals("IHDR")) {
      throw broken("without header");
    }
    PngFile png = new PngFile(data);
    data.getInt(); // checksum
    png.read(file, data);
    return png;
  }

  private static String name(ByteBuffer data) {
    byte[] name = new byte[4];
    data.get(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private void read(byte[] file, ByteBuffer data) throws UnusablePictureException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream(file.length);
    boolean hasEnd = false;
    for (int chunk = 0; !hasEnd && data.remaining() >= 8; chunk++) {
      if (chunk == MAX_CHUNKS) {
        throw broken("of more than " + MAX_CHUNKS + " chunks");
      }
      int length = data.getInt();
      String name = name(data);
      if (length < 0) {
        throw broken("chunk of a negative length");
      }
      if (length > data.remaining()) {
        throw new UnusablePictureException(Reason.CUT_OFF, "PNG chunk " + name);
      }
      ByteBuffer content = data.slice().limit(length);
      switch (name) {
        case "IDAT" -> pixels.write(file, data.position(), length);
        case "PLTE" -> palette = palette == null ? bytes(content) : palette;
        case "tRNS" -> transparency = transparency == null ? bytes(content) : transparency;
        case "iCCP" -> profile = profile == null ? profile(content) : profile;
        case "eXIf" -> orientation = ExifOrientation.of(content);
        case "IEND" -> hasEnd = true;
        default -> {
          if (Character.isUpperCase(name.charAt(0))) {
            throw broken("with the unknown critical chunk");
          }
        }
      }
      data.position(data.position() + length);
      data.position(Math.min(data.limit(), data.position() + 4)); // checksum
    }
    if (pixels.size() == 0) {
      throw hasEnd
          ? broken("without pixels")
          : new UnusablePictureException(Reason.CUT_OFF, "PNG without pixels");
    }
    if (colourType == PALETTE && (palette == null || palette.length < 3)) {
      throw broken("without its palette");
    }
    essence = essence(pixels.toByteArray());
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  /** Reads an embedded profile: its name, a zero, the method 0, and the compressed profile. */
  private static byte[] profile(ByteBuffer content) {
    byte[] chunk = bytes(content);
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    if (name + 2 >= chunk.length || chunk[name + 1] != 0) {
      return null;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(chunk, name + 2, chunk.length - name - 2);
      ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
      byte[] buffer = new byte[8 << 10];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        unpacked.write(buffer, 0, count);
        if (unpacked.size() > ColourProfile.MAX_BYTES
            || (count == 0 && (inflater.needsInput() || inflater.needsDictionary()))) {
          return null;
        }
      }
      return unpacked.toByteArray();
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /**
   * Creates a file of three chunks, in which the decoder takes palette indices for shades of grey.
   */
  private byte[] essence(byte[] pixels) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth);
    header.put((byte) (colourType == PALETTE ? GREY : colourType));
    header.putShort((short) 0).put((byte) (isInterlaced ? 1 : 0));
    ByteBuffer file = ByteBuffer.allocate(SIGNATURE_BYTES + 25 + 12 + pixels.length + 12);
    file.put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    put(file, "IHDR", header.array());
    put(file, "IDAT", pixels);
    put(file, "IEND", new byte[0]);
    return file.array();
  }

  private static void put(ByteBuffer file, String name, byte[] content) {
    byte[] type = name.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(content);
    file.putInt(content.length).put(type).put(content).putInt((int) crc.getValue());
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

  private int bands() {
    return switch (colourType) {
      case GREY, PALETTE -> 1;
      case GREY_ALPHA -> 2;
      case RGB -> 3;
      default -> 4;
    };
  }

  @Override
  public long mostPixels() {
    return Math.min(MAX_PIXELS, MAX_BYTES / Math.max(1, bands() * depth / 8));
  }

  @Override
  public long heapBytes(int step) {
    long kept = ((width + step - 1L) / step) * ((height + step - 1L) / step);
    long rows = 8L * (width + 1L) * bands() * Math.max(8, depth) / 8;
    return essence.length + kept * bands() * Math.max(8, depth) / 8 + rows;
  }

  @Override
  public PictureFile.Samples samples(int step) throws IOException {
    ImageReader reader = PictureReaders.of(FileType.PNG);
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(essence)) {
      reader.setInput(in, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      return new Rows(image.getRaster());
    } finally {
      reader.dispose();
    }
  }

  private final class Rows implements PictureFile.Samples {
    private final Raster raster;
    private final int[] row;

    Rows(Raster raster) {
      this.raster = raster;
      row = new int[raster.getWidth() * raster.getNumBands()];
    }

    @Override
    public int width() {
      return raster.getWidth();
    }

    @Override
    public int height() {
      return raster.getHeight();
    }

    @Override
    public int components() {
      return colourType == GREY || colourType == GREY_ALPHA ? 1 : 3;
    }

    @Override
    public void read(int y, byte[] colour, byte[] alpha) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      switch (colourType) {
        case GREY -> readGrey(colour, alpha);
        case PALETTE -> readPalette(colour, alpha);
        case RGB -> readRgb(colour, alpha);
        default -> readWithAlpha(colour, alpha);
      }
    }

    private void readGrey(byte[] colour, byte[] alpha) {
      int clear = transparency != null && transparency.length >= 2 ? value(0) : -1;
      for (int x = 0; x < width(); x++) {
        colour[x] = eight(row[x]);
        alpha[x] = (byte) (row[x] == clear ? 0 : 255);
      }
    }

    private void readRgb(byte[] colour, byte[] alpha) {
      boolean hasClear = transparency != null && transparency.length >= 6;
      int red = hasClear ? value(0) : -1;
      int green = hasClear ? value(1) : -1;
      int blue = hasClear ? value(2) : -1;
      for (int x = 0, at = 0; x < width(); x++, at += 3) {
        colour[at] = eight(row[at]);
        colour[at + 1] = eight(row[at + 1]);
        colour[at + 2] = eight(row[at + 2]);
        boolean isClear = row[at] == red && row[at + 1] == green && row[at + 2] == blue;
        alpha[x] = (byte) (isClear ? 0 : 255);
      }
    }

    private void readPalette(byte[] colour, byte[] alpha) {
      for (int x = 0; x < width(); x++) {
        int index = row[x];
        boolean isKnown = 3 * index + 2 < palette.length; // other indices are black, as in browsers
        for (int i = 0; i < 3; i++) {
          colour[3 * x + i] = isKnown ? palette[3 * index + i] : 0;
        }
        alpha[x] = transparency != null && index < transparency.length ? transparency[index] : -1;
      }
    }

    private void readWithAlpha(byte[] colour, byte[] alpha) {
      int colours = components();
      for (int x = 0, from = 0, to = 0; x < width(); x++) {
        for (int i = 0; i < colours; i++) {
          colour[to++] = eight(row[from++]);
        }
        alpha[x] = eight(row[from++]);
      }
    }

    /** Returns a component of the transparent colour, with the bits of a sample. */
    private int value(int number) {
      int value = (transparency[2 * number] & 255) << 8 | (transparency[2 * number + 1] & 255);
      return value & ((1 << depth) - 1);
    }

    private byte eight(int sample) {
      return (byte)
          switch (depth) {
            case 16 -> (sample * 255 + 32_895) >> 16;
            case 8 -> sample;
            default -> sample * 255 / ((1 << depth) - 1);
          };
    }
  }
}
