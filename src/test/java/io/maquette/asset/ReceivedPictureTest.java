package io.maquette.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maquette.asset.UnusablePictureException.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of strangers: they come out as plain PNG or JPEG, or are refused for a reason. */
class ReceivedPictureTest {

  private static final String SCRIPT = "<script>alert(1)</script>";

  /** Red at the left, blue at the right. */
  private static BufferedImage halves(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    return image;
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, content)).isTrue();
    return content.toByteArray();
  }

  private static byte[] png(int width, int height) throws IOException {
    return file(halves(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    return file(halves(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ReceivedPictureTest.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    }
  }

  private static BufferedImage read(ReceivedPicture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  private static void assertRefused(byte[] sent, Reason reason) {
    assertThatThrownBy(() -> ReceivedPicture.of(sent))
        .isInstanceOfSatisfying(
            UnusablePictureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void picturesWithoutTransparencyBecomeJpegAndOthersPng() throws Exception {
    assertThat(ReceivedPicture.of(png(300, 200)).type()).isEqualTo(FileType.JPEG);
    assertThat(ReceivedPicture.of(jpeg(300, 200)).type()).isEqualTo(FileType.JPEG);
    assertThat(ReceivedPicture.of(resource("lossy.webp")).type()).isEqualTo(FileType.JPEG);
    ReceivedPicture transparent = ReceivedPicture.of(resource("transparent.webp"));
    assertThat(transparent.type()).isEqualTo(FileType.PNG);
    assertThat(read(transparent).getRGB(1, 1) >>> 24).isZero();
    assertThat(new Color(read(transparent).getRGB(24, 16))).isEqualTo(Color.RED);
    byte[] opaque = file(halves(300, 200, BufferedImage.TYPE_INT_ARGB), "png");
    assertThat(ReceivedPicture.of(opaque).type()).isEqualTo(FileType.JPEG);
  }

  @Test
  void aLargePictureIsMadeSmallerAndKeepsItsShape() throws Exception {
    BufferedImage image = read(ReceivedPicture.of(jpeg(5000, 2500)));
    assertThat(image.getWidth()).isEqualTo(2048);
    assertThat(image.getHeight()).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void whatACameraHeldAskewIsUpright(int orientation, int right, int down) throws Exception {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GREEN);
    graphics.fillRect(0, 0, 100, 60); // the first corner of what is in the file
    graphics.dispose();
    BufferedImage upright = read(ReceivedPicture.of(withExif(file(image, "jpeg"), orientation)));
    boolean lies = orientation >= 5;
    assertThat(upright.getWidth()).isEqualTo(lies ? 200 : 300);
    int x = right == 0 ? 20 : upright.getWidth() - 20;
    int y = down == 0 ? 20 : upright.getHeight() - 20;
    assertThat(new Color(upright.getRGB(x, y)).getGreen()).isGreaterThan(200);
    assertThat(
            new Color(upright.getRGB(upright.getWidth() - x, upright.getHeight() - y)).getGreen())
        .isLessThan(50);
  }

  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8); // big-endian, first directory
    tiff.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    byte[] exif = new byte[6 + 26];
    System.arraycopy("Exif\0\0".getBytes(StandardCharsets.US_ASCII), 0, exif, 0, 6);
    System.arraycopy(tiff.array(), 0, exif, 6, 26);
    return withSegment(jpeg, 0xE1, exif);
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    return ByteBuffer.allocate(jpeg.length + data.length + 4)
        .put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] withChunk(byte[] png, String type, byte[] data) {
    byte[] chunk = chunk(type, data);
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, 33) // signature and IHDR
        .put(chunk)
        .put(png, 33, png.length - 33)
        .array();
  }

  private static byte[] chunk(String type, byte[] data) {
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

  @Test
  void nothingElseThatWasInTheFileIsKept() throws Exception {
    byte[] script = SCRIPT.getBytes(StandardCharsets.US_ASCII);
    byte[] comment = withSegment(jpeg(300, 200), 0xFE, script);
    byte[] gps = withSegment(withExif(jpeg(300, 200), 1), 0xE1, script);
    byte[] text =
        withChunk(
            png(300, 200), "tEXt", ("Comment\0" + SCRIPT).getBytes(StandardCharsets.US_ASCII));
    byte[] behind = Arrays.copyOf(png(300, 200), png(300, 200).length + script.length);
    System.arraycopy(script, 0, behind, behind.length - script.length, script.length);
    for (byte[] sent : new byte[][] {comment, gps, text, behind}) {
      assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains(SCRIPT);
      String kept = new String(ReceivedPicture.of(sent).content(), StandardCharsets.ISO_8859_1);
      assertThat(kept).doesNotContain("script").doesNotContain("Exif");
    }
  }

  /** A PNG that says it is so large, with as many rows of nothing as it takes: a few hundred KB. */
  private static byte[] bomb(int width, int height) {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] row = new byte[1 + width / 8];
    byte[] buffer = new byte[1 << 16];
    for (int i = 0; i < height; i++) {
      deflater.setInput(row);
      while (!deflater.needsInput()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    byte[] header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 1).put((byte) 0).array();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    png.writeBytes(chunk("IHDR", header));
    png.writeBytes(chunk("IDAT", packed.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  @Test
  void hostilePicturesAreRefusedForTheirReason() throws Exception {
    Map<String, byte[]> hostile = new LinkedHashMap<>();
    for (String other :
        new String[] {
          "",
          "x",
          "GIF89a" + "x".repeat(50),
          "<svg onload='alert(1)'/>",
          "%PDF-1.7",
          "BM" + "x".repeat(60),
          "\u0089PNG",
          "RIFF1234AVI ",
          "PK\u0003\u0004",
          "<html>",
          "II*\0xx"
        }) {
      hostile.put("TYPE " + other, other.getBytes(StandardCharsets.ISO_8859_1));
    }
    byte[] png = png(300, 200);
    byte[] jpeg = jpeg(300, 200);
    byte[] webp = resource("lossy.webp");
    for (int tenth = 1; tenth < 8; tenth++) {
      hostile.put(
          "BROKEN png to " + tenth, Arrays.copyOf(png, 12 + tenth * (png.length - 40) / 10));
    }
    for (int length : new int[] {12, 30, 100, 300}) {
      hostile.put("BROKEN jpeg to " + length, Arrays.copyOf(jpeg, length));
      hostile.put("BROKEN webp to " + length, Arrays.copyOf(webp, length));
    }
    hostile.put("TOO_LARGE 20,000 px", bomb(20_000, 16));
    hostile.put("TOO_LARGE high", bomb(16, 20_000));
    hostile.put("TOO_LARGE bomb", bomb(16_000, 16_000));
    byte[] lies = png.clone();
    ByteBuffer.wrap(lies).putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
    hostile.put("TOO_LARGE lies", lies);
    for (int side : new int[] {1, 2, 8, 15}) {
      hostile.put("TOO_SMALL png " + side, png(side, side));
      hostile.put("TOO_SMALL jpeg " + side, jpeg(300, side));
    }
    hostile.put("BROKEN cmyk", cmyk());
    assertThat(hostile).hasSizeGreaterThan(35);
    for (Map.Entry<String, byte[]> each : hostile.entrySet()) {
      String reason = each.getKey().split(" ", 2)[0];
      assertThatThrownBy(() -> ReceivedPicture.of(each.getValue()))
          .as(each.getKey())
          .isInstanceOfSatisfying(
              UnusablePictureException.class,
              e -> assertThat(e.reason()).as(each.getKey()).isEqualTo(Reason.valueOf(reason)));
    }
  }

  private static byte[] cmyk() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(content)) {
      writer.setOutput(out);
      writer.write(
          null,
          new IIOImage(
              Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null), null, null),
          null);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "webp"})
  void aDamagedPictureIsReadOrRefusedAndNothingElseHappens(String kind) throws Exception {
    byte[] whole =
        switch (kind) {
          case "png" -> png(120, 90);
          case "jpeg" -> jpeg(120, 90);
          default -> resource("lossy.webp");
        };
    SplittableRandom random = new SplittableRandom(7);
    int read = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        ReceivedPicture picture = ReceivedPicture.of(damaged);
        assertThat(picture.content()).isNotEmpty();
        read++;
      } catch (UnusablePictureException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
    assertThat(read).as("of 300").isBetween(1, 299);
  }

  @Test
  void aLargePictureTakesLittleMemory() throws Exception {
    byte[] large = bomb(8_000, 5_000); // 40 million pixels
    assertThat(large.length).isLessThan(100_000);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    BufferedImage image = read(ReceivedPicture.of(large));
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(image.getWidth()).isEqualTo(2048);
    assertThat((double) image.getHeight()).isCloseTo(1280, within(2.0));
    assertThat(taken).isLessThan(200L << 20);
  }

  @Test
  void aPictureOfTheWrongKindIsToldByItsBytes() throws Exception {
    assertRefused("image/png".getBytes(StandardCharsets.US_ASCII), Reason.TYPE);
  }
}
