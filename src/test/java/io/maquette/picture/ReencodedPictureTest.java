package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of pictures from users: each becomes a plain PNG or JPEG, or is refused with a reason. */
class ReencodedPictureTest {

  private static final String SCRIPT = "<script>alert(1)</script>";

  /** Creates a picture that is red on the left and blue on the right. */
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
    try (InputStream in = ReencodedPictureTest.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    }
  }

  private static BufferedImage read(ReencodedPicture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  private static void assertRefused(byte[] sent, Reason reason) {
    assertThatThrownBy(() -> ReencodedPicture.of(sent))
        .isInstanceOfSatisfying(
            UnusablePictureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void pictures_without_transparency_become_jpeg_and_others_png() throws Exception {
    assertThat(ReencodedPicture.of(png(300, 200)).type()).isEqualTo(FileType.JPEG);
    assertThat(ReencodedPicture.of(jpeg(300, 200)).type()).isEqualTo(FileType.JPEG);
    assertThat(ReencodedPicture.of(resource("lossy.webp")).type()).isEqualTo(FileType.JPEG);
    for (String fading : new String[] {"fading.webp", "lossy-fading.webp"}) {
      ReencodedPicture transparent = ReencodedPicture.of(resource(fading));
      assertThat(transparent.type()).isEqualTo(FileType.PNG);
      assertThat(read(transparent).getRGB(1, 1) >>> 24).as(fading).isZero();
      assertThat(read(transparent).getRGB(32, 24) >>> 24).as(fading).isEqualTo(255);
    }
    byte[] opaque = file(halves(300, 200, BufferedImage.TYPE_INT_ARGB), "png");
    assertThat(ReencodedPicture.of(opaque).type()).isEqualTo(FileType.JPEG);
  }

  @Test
  void a_large_picture_is_scaled_down_with_its_aspect_ratio() throws Exception {
    BufferedImage image = read(ReencodedPicture.of(jpeg(5000, 2500)));
    assertThat(image.getWidth()).isEqualTo(2048);
    assertThat(image.getHeight()).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void an_exif_orientation_is_applied(int orientation, int right, int down) throws Exception {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GREEN);
    graphics.fillRect(0, 0, 100, 60); // the first corner of the content of the file
    graphics.dispose();
    BufferedImage upright = read(ReencodedPicture.of(withExif(file(image, "jpeg"), orientation)));
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
  void metadata_of_the_file_is_removed() throws Exception {
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
      String kept = new String(ReencodedPicture.of(sent).content(), StandardCharsets.ISO_8859_1);
      assertThat(kept).doesNotContain("script").doesNotContain("Exif");
    }
  }

  /** Creates a PNG that declares this size, with as many empty rows as needed: a few hundred KB. */
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

  /** First bytes of files that users take for pictures, and the names of the formats. */
  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("GIF89a" + "x".repeat(50), "GIF"),
          Map.entry("<svg onload='alert(1)'/>", "SVG"),
          Map.entry("<?xml version='1.0'?><svg/>", "SVG"),
          Map.entry("%PDF-1.7", "PDF"),
          Map.entry("BM" + "\0".repeat(12) + "(\0\0\0", "BMP"),
          Map.entry("PK\u0003\u0004", "ZIP"),
          Map.entry("II*\0xx", "TIFF"),
          Map.entry("MM\0*xx", "TIFF"),
          Map.entry("8BPS\0\u0001", "PSD"),
          Map.entry("\0\0\u0001\0\u0001\0", "ICO"),
          Map.entry("\0\0\0\u0018ftypheic", "HEIC"),
          Map.entry("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "HEIC"),
          Map.entry("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "AVIF"),
          Map.entry("\0\0\0\u0018ftypavif", "AVIF"),
          Map.entry("\0\0\0\u0018ftypqt  ", "MP4/MOV"),
          Map.entry("\u00ff\n", "JPEG XL"));

  @Test
  void format_that_is_not_taken_is_named() {
    FOREIGN.forEach(
        (file, format) ->
            assertThatThrownBy(
                    () -> ReencodedPicture.of(file.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(
                    UnusablePictureException.class, e -> assertThat(e.format()).contains(format)));
  }

  @Test
  void hostile_pictures_are_refused_for_their_reason() throws Exception {
    Map<String, byte[]> hostile = new LinkedHashMap<>();
    for (String other :
        new String[] {
          "",
          "x",
          "BM" + "x".repeat(60),
          "\u0089PNG",
          "RIFF1234AVI ",
          "<html>",
          "\u007fELF",
          "{\"picture\":1}",
          "<?xml version='1.0'?>"
        }) {
      hostile.put("TYPE " + other, other.getBytes(StandardCharsets.ISO_8859_1));
    }
    for (String foreign : FOREIGN.keySet()) {
      hostile.put("FORMAT " + foreign, foreign.getBytes(StandardCharsets.ISO_8859_1));
    }
    byte[] png = png(300, 200);
    byte[] jpeg = jpeg(300, 200);
    byte[] webp = resource("lossy.webp");
    for (int tenth = 1; tenth < 8; tenth++) {
      hostile.put(
          "CUT_OFF png to " + tenth, Arrays.copyOf(png, 12 + tenth * (png.length - 40) / 10));
    }
    for (int length : new int[] {12, 30, 100, 300}) {
      hostile.put("CUT_OFF jpeg to " + length, Arrays.copyOf(jpeg, length));
      hostile.put("CUT_OFF webp to " + length, Arrays.copyOf(webp, length));
    }
    hostile.put("TOO_LARGE 40,000 px", bomb(40_000, 16));
    hostile.put("TOO_LARGE high", bomb(16, 40_000));
    hostile.put("TOO_LARGE bomb", bomb(16_000, 16_000));
    byte[] lies = png.clone();
    ByteBuffer.wrap(lies).putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
    hostile.put("TOO_LARGE lies", lies);
    for (int side : new int[] {1, 2, 8, 15}) {
      hostile.put("TOO_SMALL png " + side, png(side, side));
      hostile.put("TOO_SMALL jpeg " + side, jpeg(300, side));
    }
    hostile.put("BROKEN scan after scan", scanAfterScan(jpeg));
    hostile.put("BROKEN png of nothing", bomb(0, 16));
    hostile.put("BROKEN png of no colour kind", changed(png, 25, 5));
    hostile.put("BROKEN png of odd depth", changed(png, 24, 7));
    hostile.put("BROKEN png without end of its header", changed(png, 11, 200));
    hostile.put("BROKEN jpeg of nothing", changed(jpeg, sizeIn(jpeg), 0, 0, 0, 0));
    hostile.put("TOO_LARGE jpeg", changed(jpeg, sizeIn(jpeg), 255, 0, 255, 0));
    hostile.put("TOO_LARGE webp", changed(webp, 24, 255, 255, 255, 255, 255, 255));
    hostile.put(
        "BROKEN webp of another kind",
        changed(webp, new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8 ") + 3, 'Z'));
    hostile.put("BROKEN jpeg without tables", withoutTables(jpeg));
    for (int cut = 1; cut <= 5; cut++) {
      hostile.put("CUT_OFF png behind its head " + cut, Arrays.copyOf(png, 33 + cut));
    }
    assertThat(hostile).hasSizeGreaterThanOrEqualTo(60);
    for (Map.Entry<String, byte[]> each : hostile.entrySet()) {
      String reason = each.getKey().split(" ", 2)[0];
      assertThat(catchThrowable(() -> ReencodedPicture.of(each.getValue())))
          .as(each.getKey())
          .isInstanceOfSatisfying(
              UnusablePictureException.class,
              e -> assertThat(e.reason()).as(each.getKey()).isEqualTo(Reason.valueOf(reason)));
    }
  }

  private static byte[] changed(byte[] file, int at, int... values) {
    byte[] changed = file.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  private static int indexOf(byte[] file, int marker) {
    int at = 0;
    while (file[at] != (byte) 0xFF || file[at + 1] != (byte) marker) {
      at++;
    }
    return at;
  }

  /** Returns the position of height and width in a JPEG file. */
  private static int sizeIn(byte[] jpeg) {
    return indexOf(jpeg, 0xC0) + 5;
  }

  private static byte[] withoutTables(byte[] jpeg) {
    int tables = indexOf(jpeg, 0xDB);
    int frame = indexOf(jpeg, 0xC0);
    return ByteBuffer.allocate(jpeg.length - frame + tables)
        .put(jpeg, 0, tables)
        .put(jpeg, frame, jpeg.length - frame)
        .array();
  }

  private static byte[] scanAfterScan(byte[] jpeg) {
    int scan = indexOf(jpeg, 0xDA);
    int length = jpeg.length - 2 - scan; // without the end
    ByteBuffer again = ByteBuffer.allocate(jpeg.length + 64 * length);
    again.put(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 64; i++) {
      again.put(jpeg, scan, length);
    }
    return again.put(jpeg, jpeg.length - 2, 2).array();
  }

  /**
   * Creates a WebP file with one frame that is marked as animated, around a chunk of another file.
   */
  private static byte[] moving(String chunk, byte[] webp) {
    int at = new String(webp, StandardCharsets.ISO_8859_1).indexOf(chunk);
    int length = webp.length - at;
    ByteBuffer file =
        ByteBuffer.allocate(12 + 18 + 14 + 24 + length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
    file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10);
    file.put((byte) 0x12).put(new byte[3]).put(webp, 24, 6); // transparent and moving, its size
    file.put("ANIM".getBytes(StandardCharsets.US_ASCII)).putInt(6).put(new byte[6]);
    file.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16 + length);
    file.put(new byte[6]).put(webp, 24, 6).put(new byte[4]);
    return file.put(webp, at, length).array();
  }

  @Test
  void an_animation_becomes_its_first_frame() throws Exception {
    byte[] webp = resource("lossy.webp");
    BufferedImage image = read(ReencodedPicture.of(moving("VP8 ", webp)));
    assertThat(new Color(image.getRGB(24, 16)).getRed()).isGreaterThan(200);
    assertThat(new Color(image.getRGB(24, 16)).getBlue()).isLessThan(60);
    byte[] two = ByteBuffer.allocate(8).putInt(2).putInt(0).array();
    BufferedImage first = read(ReencodedPicture.of(withChunk(png(300, 200), "acTL", two)));
    assertThat(first.getWidth()).isEqualTo(300);
  }

  @Test
  void compressed_text_in_a_picture_is_not_unpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
      byte[] nothing = new byte[1 << 20];
      for (int mib = 0; mib < 300; mib++) {
        out.write(nothing);
      }
    }
    byte[] sent = withChunk(png(300, 200), "zTXt", packed.toByteArray());
    assertThat(read(ReencodedPicture.of(sent)).getWidth()).isEqualTo(300);
    assertThat(allocatedBy(() -> ReencodedPicture.of(sent))).isLessThan(50L << 20);
  }

  private interface Reading {
    void read() throws Exception;
  }

  private static long allocatedBy(Reading reading) throws Exception {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.read();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "webp"})
  void a_damaged_picture_is_read_or_refused(String kind) throws Exception {
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
        ReencodedPicture picture = ReencodedPicture.of(damaged);
        assertThat(picture.content()).isNotEmpty();
        read++;
      } catch (UnusablePictureException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
    assertThat(read).as("of 300").isBetween(1, 299);
  }

  @Test
  void a_large_picture_takes_little_memory() throws Exception {
    byte[] large = bomb(8_000, 5_000); // 40 million pixels
    assertThat(large.length).isLessThan(100_000);
    BufferedImage image = read(ReencodedPicture.of(large));
    assertThat(image.getWidth()).isEqualTo(2048);
    assertThat((double) image.getHeight()).isCloseTo(1280, within(2.0));
    assertThat(allocatedBy(() -> ReencodedPicture.of(large))).isLessThan(200L << 20);
  }

  @Test
  void an_unsupported_format_is_named_by_its_first_bytes() throws Exception {
    assertRefused("image/png".getBytes(StandardCharsets.US_ASCII), Reason.TYPE);
  }
}
