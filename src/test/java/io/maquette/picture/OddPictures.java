package io.maquette.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Picture files of one scene in all the ways that cameras, phones, scanners and programs write
 * them: colour models, bit depths, profiles, orientations, interlacing, animations. The scene has
 * four quarters of one colour each. Every file comes with the correct colours and size.
 *
 * <p>All files are built here, chunk by chunk where no writer produces such a file.
 */
public final class OddPictures {

  /** Size of the scene. */
  public static final int WIDTH = 120;

  public static final int HEIGHT = 80;

  private static final int[] GREYS = {0x00, 0x80, 0xC8, 0xFF};
  private static final int RED = 0xFFFF0000;
  private static final int GREEN = 0xFF00FF00;
  private static final int BLUE = 0xFF0000FF;
  private static final int GREY = 0xFF808080;
  private static final int CLEAR = 0;

  /** Upper left, upper right, lower left, lower right. */
  private static final int[] COLOURED = {RED, GREEN, BLUE, GREY};

  private static final int[] COLOURED_CLEAR = {RED, GREEN, BLUE, CLEAR};

  /**
   * Test picture.
   *
   * @param name its peculiarity
   * @param file the whole file
   * @param quarters the correct colours, 0xAARRGGBB: upper left, upper right, lower left, lower
   *     right
   * @param stored the colours without profile and orientation, as a texture uses them
   * @param width of the picture when it is upright
   * @param storedWidth of the picture in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // created once, compared once
  public record Odd(
      String name,
      byte[] file,
      int[] quarters,
      int[] stored,
      int width,
      int height,
      int storedWidth,
      int storedHeight) {

    @Override
    public String toString() {
      return name;
    }
  }

  private OddPictures() {}

  /** Returns all pictures. */
  public static List<Odd> all() throws IOException {
    List<Odd> all = new ArrayList<>();
    all.addAll(pngs());
    all.addAll(jpegs());
    all.addAll(webps());
    all.addAll(oriented());
    return all;
  }

  private static Odd odd(String name, byte[] file, int... quarters) {
    return new Odd(name, file, quarters, quarters, WIDTH, HEIGHT, WIDTH, HEIGHT);
  }

  private static Odd managed(String name, byte[] file, int[] stored, int... quarters) {
    return new Odd(name, file, quarters, stored, WIDTH, HEIGHT, WIDTH, HEIGHT);
  }

  private static int[] greys(int... values) {
    int[] greys = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      greys[i] = 0xFF000000 | values[i] * 0x010101;
    }
    return greys;
  }

  /** Returns the quarter of a pixel. */
  private static int quarter(int x, int y) {
    return (y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1);
  }

  // ---- PNG

  /** Function that returns the samples of a pixel. */
  private interface Pixels {
    int[] at(int x, int y);
  }

  private static Pixels quarters(int[]... samples) {
    return (x, y) -> samples[quarter(x, y)];
  }

  private static int[] of(int... samples) {
    return samples;
  }

  private static List<Odd> pngs() {
    List<Odd> pngs = new ArrayList<>();
    for (int interlace = 0; interlace <= 1; interlace++) {
      String how = interlace == 0 ? "" : " interlaced";
      for (int depth : new int[] {1, 2, 4, 8, 16}) {
        pngs.addAll(greyPngs(depth, interlace, " " + depth + how));
      }
      for (int depth : new int[] {1, 2, 4, 8}) {
        pngs.addAll(palettePngs(depth, interlace, " " + depth + how));
      }
      for (int depth : new int[] {8, 16}) {
        pngs.addAll(colourPngs(depth, interlace, " " + depth + how));
      }
    }
    pngs.addAll(pngsWithChunks());
    return pngs;
  }

  private static List<Odd> greyPngs(int depth, int interlace, String how) {
    int most = (1 << depth) - 1;
    int[] values =
        switch (depth) {
          case 1 -> of(0, 1, 0, 1);
          case 2 -> of(0, 1, 2, 3);
          case 4 -> of(0, 8, 12, 15);
          case 8 -> GREYS;
          default -> of(0, 0x8080, 0xC8C8, 0xFFFF);
        };
    int[] shown = new int[4];
    for (int i = 0; i < 4; i++) {
      shown[i] = values[i] * 255 / most;
    }
    Pixels pixels = quarters(of(values[0]), of(values[1]), of(values[2]), of(values[3]));
    List<Odd> pngs = new ArrayList<>();
    pngs.add(odd("PNG grey" + how, png(0, depth, interlace, pixels), greys(shown)));
    int[] clear = greys(shown);
    byte[] transparency = ByteBuffer.allocate(2).putShort((short) values[2]).array();
    for (int i = 0; i < 4; i++) {
      clear[i] = values[i] == values[2] ? CLEAR : clear[i];
    }
    pngs.add(
        odd(
            "PNG grey with one transparent shade" + how,
            png(0, depth, interlace, pixels, chunk("tRNS", transparency)),
            clear));
    if (depth >= 8) {
      Pixels opaque =
          quarters(
              of(values[0], most), of(values[1], most), of(values[2], most), of(values[3], most));
      pngs.add(
          odd("PNG grey with alpha, opaque" + how, png(4, depth, interlace, opaque), greys(shown)));
      Pixels fading =
          quarters(of(values[0], most), of(values[1], most), of(values[1], 0), of(values[3], most));
      int[] faded = greys(shown);
      faded[2] = CLEAR;
      pngs.add(odd("PNG grey with alpha" + how, png(4, depth, interlace, fading), faded));
    }
    return pngs;
  }

  private static List<Odd> palettePngs(int depth, int interlace, String how) {
    List<Odd> pngs = new ArrayList<>();
    byte[] palette = {-1, 0, 0, 0, -1, 0, 0, 0, -1, (byte) 128, (byte) 128, (byte) 128};
    boolean isOfTwo = depth == 1;
    Pixels pixels =
        isOfTwo ? quarters(of(0), of(1), of(1), of(0)) : quarters(of(0), of(1), of(2), of(3));
    byte[] list = isOfTwo ? Arrays.copyOf(palette, 6) : palette;
    int[] shown = isOfTwo ? of(RED, GREEN, GREEN, RED) : COLOURED;
    pngs.add(
        odd("PNG palette" + how, png(3, depth, interlace, pixels, chunk("PLTE", list)), shown));
    int[] clear = shown.clone();
    clear[0] = CLEAR;
    clear[3] = isOfTwo ? CLEAR : clear[3];
    pngs.add(
        odd(
            "PNG palette with transparency" + how,
            png(3, depth, interlace, pixels, chunk("PLTE", list), chunk("tRNS", new byte[] {0})),
            clear));
    return pngs;
  }

  private static List<Odd> colourPngs(int depth, int interlace, String how) {
    int most = (1 << depth) - 1;
    int half = depth == 8 ? 0x80 : 0x8080;
    List<Odd> pngs = new ArrayList<>();
    Pixels plain = quarters(of(most, 0, 0), of(0, most, 0), of(0, 0, most), of(half, half, half));
    pngs.add(odd("PNG colour" + how, png(2, depth, interlace, plain), COLOURED));
    byte[] transparency =
        ByteBuffer.allocate(6)
            .putShort((short) half)
            .putShort((short) half)
            .putShort((short) half)
            .array();
    pngs.add(
        odd(
            "PNG colour with one transparent" + how,
            png(2, depth, interlace, plain, chunk("tRNS", transparency)),
            COLOURED_CLEAR));
    Pixels fading =
        quarters(
            of(most, 0, 0, most), of(0, most, 0, most), of(0, 0, most, most), of(half, half, 0, 0));
    pngs.add(odd("PNG colour with alpha" + how, png(6, depth, interlace, fading), COLOURED_CLEAR));
    return pngs;
  }

  private static List<Odd> pngsWithChunks() {
    Pixels plain = quarters(of(255, 0, 0), of(0, 255, 0), of(0, 0, 255), of(128, 128, 128));
    List<Odd> pngs = new ArrayList<>();
    byte[] gamma = ByteBuffer.allocate(4).putInt(100_000).array();
    pngs.add(
        odd("PNG that claims linear light", png(2, 8, 0, plain, chunk("gAMA", gamma)), COLOURED));
    pngs.add(
        odd("PNG that says it is sRGB", png(2, 8, 0, plain, chunk("sRGB", new byte[1])), COLOURED));
    int[] p3 = new int[4];
    Pixels wide = quarters(of(200, 60, 60), of(60, 180, 60), of(60, 60, 190), of(90, 120, 150));
    int[] raw = {0xFFC83C3C, 0xFF3CB43C, 0xFF3C3CBE, 0xFF5A7896};
    for (int i = 0; i < 4; i++) {
      p3[i] = Icc.DISPLAY_P3.toSrgb(raw[i]);
    }
    byte[] embedded =
        chunk(
            "iCCP",
            joined("p3\0\0".getBytes(StandardCharsets.ISO_8859_1), packed(Icc.DISPLAY_P3.file())));
    pngs.add(managed("PNG in Display P3", png(2, 8, 0, wide, embedded), raw, p3));
    byte[] grey =
        chunk("iCCP", joined("g\0\0".getBytes(StandardCharsets.ISO_8859_1), packed(Icc.grey(1.8))));
    Pixels shades = quarters(of(0), of(0x80), of(0xC8), of(0xFF));
    int[] shown = new int[4];
    for (int i = 0; i < 4; i++) {
      shown[i] = 0xFF000000 | Icc.encoded(Math.pow(GREYS[i] / 255.0, 1.8)) * 0x010101;
    }
    pngs.add(managed("PNG grey of gamma 1.8", png(0, 8, 0, shades, grey), greys(GREYS), shown));
    pngs.add(odd("PNG colour with a profile for grey", png(2, 8, 0, plain, grey), COLOURED));
    pngs.add(
        odd(
            "PNG with a broken profile",
            png(2, 8, 0, plain, chunk("iCCP", "x\0\0nothing".getBytes(StandardCharsets.US_ASCII))),
            COLOURED));
    byte[] control = ByteBuffer.allocate(8).putInt(2).putInt(0).array();
    pngs.add(odd("PNG animation", png(2, 8, 0, plain, chunk("acTL", control)), COLOURED));
    pngs.add(odd("PNG in a thousand pieces", split(plain, 1_000), COLOURED));
    return pngs;
  }

  /** Creates a PNG whose pixel data is split into this many chunks. */
  private static byte[] split(Pixels pixels, int pieces) {
    byte[] packed = packed(rows(8, 0, pixels));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head(2, 8, 0));
    for (int i = 0; i < pieces; i++) {
      int from = i * packed.length / pieces;
      int to = (i + 1) * packed.length / pieces;
      file.writeBytes(chunk("IDAT", Arrays.copyOfRange(packed, from, to)));
    }
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] head(int colourType, int depth, int interlace) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(
        chunk(
            "IHDR",
            ByteBuffer.allocate(13)
                .putInt(WIDTH)
                .putInt(HEIGHT)
                .put((byte) depth)
                .put((byte) colourType)
                .putShort((short) 0)
                .put((byte) interlace)
                .array()));
    return file.toByteArray();
  }

  private static byte[] png(
      int colourType, int depth, int interlace, Pixels pixels, byte[]... chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head(colourType, depth, interlace));
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    file.writeBytes(chunk("IDAT", packed(rows(depth, interlace, pixels))));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  /** Returns the rows of all passes (PNG, 8), each with the filter 0. */
  private static byte[] rows(int depth, int interlace, Pixels pixels) {
    int[][] passes =
        interlace == 0
            ? new int[][] {{0, 0, 1, 1}}
            : new int[][] {
              {0, 0, 8, 8},
              {4, 0, 8, 8},
              {0, 4, 4, 8},
              {2, 0, 4, 4},
              {0, 2, 2, 4},
              {1, 0, 2, 2},
              {0, 1, 1, 2}
            };
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int[] pass : passes) {
      for (int y = pass[1]; y < HEIGHT; y += pass[3]) {
        rows.write(0);
        int bits = 0;
        int count = 0;
        for (int x = pass[0]; x < WIDTH; x += pass[2]) {
          for (int sample : pixels.at(x, y)) {
            if (depth == 16) {
              rows.write(sample >> 8);
              rows.write(sample);
              continue;
            }
            bits = bits << depth | sample;
            count += depth;
            if (count == 8) {
              rows.write(bits);
              bits = 0;
              count = 0;
            }
          }
        }
        if (count > 0) {
          rows.write(bits << (8 - count));
        }
      }
    }
    return rows.toByteArray();
  }

  static byte[] packed(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 << 10];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /** Creates a chunk of a PNG file. */
  static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  // ---- JPEG

  private static List<Odd> jpegs() throws IOException {
    List<Odd> jpegs = new ArrayList<>();
    byte[] plain = jpeg(scene(COLOURED), false);
    jpegs.add(odd("JPEG", plain, COLOURED));
    jpegs.add(odd("JPEG progressive", jpeg(scene(COLOURED), true), COLOURED));
    WritableRaster shades = samples(1, of(GREYS[0]), of(GREYS[1]), of(GREYS[2]), of(GREYS[3]));
    jpegs.add(odd("JPEG grey", jpeg(new IIOImage(shades, null, null), false), greys(GREYS)));
    jpegs.add(
        odd("JPEG grey, progressive", jpeg(new IIOImage(shades, null, null), true), greys(GREYS)));
    jpegs.add(
        odd(
            "JPEG grey of gamma 1.8 that is broken",
            withSegment(
                jpeg(new IIOImage(shades, null, null), false),
                0xE2,
                iccSegment("no profile".getBytes(StandardCharsets.US_ASCII), 1, 1)),
            greys(GREYS)));
    // RGB samples with a marker for RGB
    WritableRaster rgb = samples(3, of(255, 0, 0), of(0, 255, 0), of(0, 0, 255), of(128, 128, 128));
    jpegs.add(
        odd(
            "JPEG of RGB by Adobe's marker",
            withSegment(withoutJfif(jpeg(new IIOImage(rgb, null, null), false)), 0xEE, adobe(0)),
            COLOURED));
    // C, M, Y, K as Adobe stores them: 255 is no ink
    int[] inks = {0xFF00FFFF, 0xFFFF00FF, 0xFFFFFF00, 0xFF808080};
    WritableRaster cmyk =
        samples(
            4,
            of(0, 255, 255, 255),
            of(255, 0, 255, 255),
            of(255, 255, 0, 255),
            of(255, 255, 255, 128));
    byte[] inked = jpeg(new IIOImage(cmyk, null, null), false);
    jpegs.add(odd("JPEG of CMYK", withSegment(inked, 0xEE, adobe(0)), inks));
    jpegs.add(odd("JPEG of CMYK without a marker", inked, inks));
    // the same as YCCK: Y, Cb and Cr of the inks
    WritableRaster ycck =
        samples(
            4, ycc(255, 0, 0, 255), ycc(0, 255, 0, 255), ycc(0, 0, 255, 255), ycc(0, 0, 0, 128));
    jpegs.add(
        odd(
            "JPEG of YCCK",
            withSegment(jpeg(new IIOImage(ycck, null, null), false), 0xEE, adobe(2)),
            inks));
    jpegs.add(
        managed(
            "JPEG of CMYK with a profile in which cyan is grey",
            withSegment(
                withSegment(inked, 0xEE, adobe(0)), 0xE2, iccSegment(Icc.cyanIsGrey(), 1, 1)),
            inks,
            0xFF777777,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFFFFF));
    int[] raw = {0xFFC83C3C, 0xFF3CB43C, 0xFF3C3CBE, 0xFF5A7896};
    byte[] muted = jpeg(scene(raw), false);
    for (Icc icc : List.of(Icc.DISPLAY_P3, Icc.ADOBE_RGB)) {
      int[] shown = new int[4];
      for (int i = 0; i < 4; i++) {
        shown[i] = icc.toSrgb(raw[i]);
      }
      jpegs.add(
          managed(
              "JPEG in " + icc,
              withSegment(muted, 0xE2, iccSegment(icc.file(), 1, 1)),
              raw,
              shown));
      byte[] whole = icc.file();
      byte[] second =
          withSegment(muted, 0xE2, iccSegment(Arrays.copyOfRange(whole, 200, whole.length), 2, 2));
      jpegs.add(
          managed(
              "JPEG in " + icc + ", in two parts",
              withSegment(second, 0xE2, iccSegment(Arrays.copyOf(whole, 200), 1, 2)),
              raw,
              shown));
    }
    jpegs.add(odd("JPEG with a film behind it", joined(plain, new byte[100_000]), COLOURED));
    jpegs.add(odd("JPEG without its end", Arrays.copyOf(plain, plain.length - 2), COLOURED));
    return jpegs;
  }

  private static int[] ycc(int red, int green, int blue, int key) {
    return of(
        (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue),
        (int) Math.min(255, Math.round(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue)),
        (int) Math.min(255, Math.round(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue)),
        key);
  }

  private static BufferedImage scene(int[] quarters) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, quarters[quarter(x, y)]);
      }
    }
    return image;
  }

  private static WritableRaster samples(int bands, int[]... quarters) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, bands, null);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        raster.setPixel(x, y, quarters[quarter(x, y)]);
      }
    }
    return raster;
  }

  static byte[] jpeg(BufferedImage image, boolean isProgressive) throws IOException {
    return jpeg(new IIOImage(image, null, null), isProgressive);
  }

  private static byte[] jpeg(IIOImage image, boolean isProgressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(content)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0.95f);
      param.setProgressiveMode(
          isProgressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(null, image, param);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }

  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    return ByteBuffer.allocate(jpeg.length + data.length + 4)
        .put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] withoutJfif(byte[] jpeg) {
    boolean isThere = jpeg[3] == (byte) 0xE0;
    int length = isThere ? 2 + ((jpeg[4] & 255) << 8 | (jpeg[5] & 255)) : 0;
    return joined(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, 2 + length, jpeg.length));
  }

  /** Creates the marker of the colour transform: 0 for RGB and CMYK, 2 for YCCK. */
  static byte[] adobe(int transform) {
    return ByteBuffer.allocate(12)
        .put("Adobe".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 100)
        .putInt(0)
        .put((byte) transform)
        .array();
  }

  private static byte[] iccSegment(byte[] icc, int number, int of) {
    return joined(
        "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII),
        new byte[] {(byte) number, (byte) of},
        icc);
  }

  // ---- WebP

  private static List<Odd> webps() throws IOException {
    List<Odd> webps = new ArrayList<>();
    byte[] plain = lossless(argb(COLOURED), WIDTH, HEIGHT);
    byte[] clear = lossless(argb(COLOURED_CLEAR), WIDTH, HEIGHT);
    webps.add(odd("WebP lossless", webp(chunkOfWebp("VP8L", plain)), COLOURED));
    webps.add(odd("WebP lossless with alpha", webp(chunkOfWebp("VP8L", clear)), COLOURED_CLEAR));
    // fewer colours than indices: those after the end are transparent
    webps.add(
        odd(
            "WebP palette of three with transparency",
            webp(chunkOfWebp("VP8L", palette(3, RED, GREEN, BLUE))),
            COLOURED_CLEAR));
    webps.add(
        odd(
            "WebP palette of seven with transparency",
            webp(chunkOfWebp("VP8L", palette(12, RED, GREEN, BLUE, GREY, 0xFF123456, RED, GREEN))),
            COLOURED_CLEAR));
    webps.add(
        odd(
            "WebP palette of twenty with transparency",
            webp(
                chunkOfWebp(
                    "VP8L",
                    palette(
                        200, RED, GREEN, BLUE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                        16, GREY))),
            COLOURED_CLEAR));
    webps.add(
        odd(
            "WebP animation, its first frame smaller than the canvas",
            webp(
                canvas(0x12),
                chunkOfWebp("ANIM", new byte[6]),
                frame(lossless(filled(RED), WIDTH / 2, HEIGHT / 2), 0, 0, WIDTH / 2, HEIGHT / 2),
                frame(plain, 0, 0, WIDTH, HEIGHT)),
            RED,
            CLEAR,
            CLEAR,
            CLEAR));
    webps.add(
        odd(
            "WebP animation, its first frame at the lower right",
            webp(
                canvas(0x12),
                chunkOfWebp("ANIM", new byte[6]),
                frame(
                    lossless(filled(BLUE), WIDTH / 2, HEIGHT / 2),
                    WIDTH / 2,
                    HEIGHT / 2,
                    WIDTH / 2,
                    HEIGHT / 2)),
            CLEAR,
            CLEAR,
            CLEAR,
            BLUE));
    int[] raw = {0xFFC83C3C, 0xFF3CB43C, 0xFF3C3CBE, 0xFF5A7896};
    int[] shown = new int[4];
    for (int i = 0; i < 4; i++) {
      shown[i] = Icc.DISPLAY_P3.toSrgb(raw[i]);
    }
    webps.add(
        managed(
            "WebP in Display P3",
            webp(
                canvas(0x20),
                chunkOfWebp("ICCP", Icc.DISPLAY_P3.file()),
                chunkOfWebp("VP8L", lossless(argb(raw), WIDTH, HEIGHT))),
            raw,
            shown));
    for (int filter = 0; filter <= 3; filter++) {
      webps.add(lossyWithAlpha(filter));
    }
    return webps;
  }

  /** Creates a lossy picture, white at the quarters, whose transparency is stored byte by byte. */
  private static Odd lossyWithAlpha(int filter) throws IOException {
    byte[] lossy;
    try (InputStream in = OddPictures.class.getResourceAsStream("/pictures/lossy.webp")) {
      lossy = in.readAllBytes();
    }
    int at = new String(lossy, StandardCharsets.ISO_8859_1).indexOf("VP8 ");
    byte[] picture = Arrays.copyOfRange(lossy, at, lossy.length);
    ByteBuffer data = ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN);
    int width = data.getShort(14);
    int height = data.getShort(16);
    byte[] alpha = new byte[1 + width * height];
    alpha[0] = (byte) (filter << 2);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        alpha[1 + y * width + x] = (byte) (opacity(x, width) - predicted(filter, x, y, width));
      }
    }
    ByteBuffer head = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(0x10);
    head.put(three(width - 1)).put(three(height - 1));
    byte[] file = webp(chunkOfWebp("VP8X", head.array()), chunkOfWebp("ALPH", alpha), picture);
    int white = 0xFFFDFEFD;
    int[] quarters = {white, CLEAR, white, CLEAR};
    return new Odd(
        "WebP lossy, transparency as it is, filter " + filter,
        file,
        quarters,
        quarters,
        width,
        height,
        width,
        height);
  }

  private static int opacity(int x, int width) {
    return x < 0 ? 0 : x < width / 2 ? 255 : 0;
  }

  private static int predicted(int filter, int x, int y, int width) {
    int left = opacity(x - 1, width);
    int top = opacity(x, width);
    if (filter == 0 || (x == 0 && y == 0)) {
      return 0;
    }
    if (x == 0) {
      return top;
    }
    if (y == 0 || filter == 1) {
      return left;
    }
    return filter == 2 ? top : Math.max(0, Math.min(255, left + top - opacity(x - 1, width)));
  }

  private static int[] argb(int[] quarters) {
    int[] argb = new int[WIDTH * HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = quarters[quarter(i % WIDTH, i / WIDTH)];
    }
    return argb;
  }

  private static int[] filled(int colour) {
    int[] argb = new int[WIDTH * HEIGHT / 4];
    Arrays.fill(argb, colour);
    return argb;
  }

  private static byte[] three(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
  }

  private static byte[] canvas(int flags) {
    return chunkOfWebp(
        "VP8X", joined(new byte[] {(byte) flags, 0, 0, 0}, three(WIDTH - 1), three(HEIGHT - 1)));
  }

  private static byte[] frame(byte[] content, int x, int y, int width, int height) {
    return chunkOfWebp(
        "ANMF",
        joined(
            three(x / 2),
            three(y / 2),
            three(width - 1),
            three(height - 1),
            new byte[] {100, 0, 0, 0},
            chunkOfWebp("VP8L", content)));
  }

  static byte[] chunkOfWebp(String name, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  static byte[] webp(byte[]... chunks) {
    byte[] all = joined(chunks);
    return ByteBuffer.allocate(12 + all.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + all.length)
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(all)
        .array();
  }

  /** Bit writer, least significant bit first. */
  static final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long open;
    private int count;

    void put(int value, int bits) {
      open |= (long) value << count;
      count += bits;
      while (count >= 8) {
        bytes.write((int) open);
        open >>>= 8;
        count -= 8;
      }
    }

    byte[] done() {
      put(0, 7);
      return bytes.toByteArray();
    }
  }

  static void losslessHead(Bits bits, int width, int height) {
    bits.put(0x2F, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    bits.put(1, 1); // has transparency
    bits.put(0, 3);
  }

  /** Creates a lossless stream (RFC 9649, 3) in which every number takes eight bits. */
  static byte[] lossless(int[] argb, int width, int height) {
    Bits bits = new Bits();
    losslessHead(bits, width, height);
    bits.put(0, 1); // no transform
    plainPixels(bits, argb, true);
    return bits.done();
  }

  static void plainPixels(Bits bits, int[] argb, boolean isMain) {
    bits.put(0, 1); // no colour cache
    if (isMain) {
      bits.put(0, 1); // one group of codes
    }
    for (int code = 0; code < 4; code++) {
      eightBitCode(bits);
    }
    bits.put(1, 1); // distances: one symbol, in one bit, which is 0
    bits.put(0, 1);
    bits.put(0, 1);
    bits.put(0, 1);
    for (int pixel : argb) {
      for (int shift : new int[] {8, 16, 0, 24}) {
        bits.put(Integer.reverse(pixel >> shift & 255) >>> 24, 8);
      }
    }
  }

  /** Writes a code in which all 256 symbols have the length 8. */
  private static void eightBitCode(Bits bits) {
    bits.put(0, 1);
    bits.put(12 - 4, 4);
    for (int i = 0; i < 12; i++) {
      bits.put(i == 11 ? 1 : 0, 3);
    }
    bits.put(1, 1);
    bits.put(3, 3);
    bits.put(256 - 2, 8);
  }

  /**
   * Creates a lossless stream with a palette.
   *
   * @param clear index of the fourth quarter, after the end of the palette
   */
  private static byte[] palette(int clear, int... colours) {
    Bits bits = new Bits();
    losslessHead(bits, WIDTH, HEIGHT);
    bits.put(1, 1);
    bits.put(3, 2);
    bits.put(colours.length - 1, 8);
    int[] differences = colours.clone();
    for (int i = 1; i < colours.length; i++) {
      for (int shift = 0; shift <= 24; shift += 8) {
        int difference = (colours[i] >> shift & 255) - (colours[i - 1] >> shift & 255) & 255;
        differences[i] = (differences[i] & ~(255 << shift)) | difference << shift;
      }
    }
    plainPixels(bits, differences, false);
    bits.put(0, 1); // no further transform
    int indexBits = colours.length <= 4 ? 2 : colours.length <= 16 ? 4 : 8;
    int inOne = 8 / indexBits;
    int across = (WIDTH + inOne - 1) / inOne;
    int[] packed = new int[across * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int quarter = quarter(x, y);
        int number = quarter == 3 ? clear : quarter;
        packed[y * across + x / inOne] |= number << (8 + x % inOne * indexBits);
      }
    }
    plainPixels(bits, packed, true);
    return bits.done();
  }

  // ---- orientation

  private static List<Odd> oriented() throws IOException {
    List<Odd> oriented = new ArrayList<>();
    for (int orientation = 1; orientation <= 8; orientation++) {
      for (boolean isLittleEndian : new boolean[] {true, false}) {
        byte[] exif = exif(orientation, isLittleEndian);
        String how = " of orientation " + orientation + (isLittleEndian ? ", Intel" : ", Motorola");
        byte[] jpegExif = joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif);
        oriented.add(
            oriented(
                "JPEG" + how,
                withSegment(jpeg(scene(COLOURED), false), 0xE1, jpegExif),
                orientation));
        Pixels plain = quarters(of(255, 0, 0), of(0, 255, 0), of(0, 0, 255), of(128, 128, 128));
        oriented.add(oriented("PNG" + how, png(2, 8, 0, plain, chunk("eXIf", exif)), orientation));
        byte[] pixels = chunkOfWebp("VP8L", lossless(argb(COLOURED), WIDTH, HEIGHT));
        oriented.add(
            oriented(
                "WebP" + how, webp(canvas(0x08), pixels, chunkOfWebp("EXIF", exif)), orientation));
        oriented.add(
            oriented(
                "WebP as JPEG has it" + how,
                webp(canvas(0x08), pixels, chunkOfWebp("EXIF", jpegExif)),
                orientation));
      }
    }
    return oriented;
  }

  /** Creates a JPEG file of a picture with an orientation. */
  public static byte[] oriented(BufferedImage image, int orientation) throws IOException {
    byte[] exif = joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation, false));
    return withSegment(jpeg(image, false), 0xE1, exif);
  }

  /**
   * Returns the test picture with the right quarters by EXIF 2.3, 4.6.4: where the first row and
   * column of the file are shown.
   */
  private static Odd oriented(String name, byte[] file, int orientation) {
    int[] q = COLOURED;
    int[] shown =
        switch (orientation) {
          case 1 -> q;
          case 2 -> of(q[1], q[0], q[3], q[2]);
          case 3 -> of(q[3], q[2], q[1], q[0]);
          case 4 -> of(q[2], q[3], q[0], q[1]);
          case 5 -> of(q[0], q[2], q[1], q[3]);
          case 6 -> of(q[2], q[0], q[3], q[1]);
          case 7 -> of(q[3], q[1], q[2], q[0]);
          default -> of(q[1], q[3], q[0], q[2]);
        };
    boolean isTurned = orientation >= 5;
    return new Odd(
        name,
        file,
        shown,
        COLOURED,
        isTurned ? HEIGHT : WIDTH,
        isTurned ? WIDTH : HEIGHT,
        WIDTH,
        HEIGHT);
  }

  /** Creates EXIF data of the orientation, after another tag. */
  static byte[] exif(int orientation, boolean isLittleEndian) {
    ByteBuffer tiff =
        ByteBuffer.allocate(38)
            .order(isLittleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put((byte) (isLittleEndian ? 'I' : 'M')).put((byte) (isLittleEndian ? 'I' : 'M'));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x10F).putShort((short) 2).putInt(4).putInt(0);
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    return tiff.array();
  }
}
