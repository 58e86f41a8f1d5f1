package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.picture.OddPictures.Bits;
import io.maquette.picture.OddPictures.Odd;
import io.maquette.picture.PictureDecoder.Colours;
import io.maquette.picture.UnusablePictureException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of the limits on time and memory that a picture file can cost. */
@Timeout(60)
@Tag("slow")
class PictureBoundsTest {

  private static final byte[] NONE = {};

  private static Odd odd(String name) throws IOException {
    return OddPictures.all().stream()
        .filter(odd -> odd.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(byte[] file, Reason reason) {
    assertThatThrownBy(() -> ReencodedPicture.of(file))
        .isInstanceOfSatisfying(
            UnusablePictureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] behindHeader(byte[] png, byte[]... chunks) {
    return OddPictures.joined(
        Arrays.copyOf(png, 33),
        OddPictures.joined(chunks),
        Arrays.copyOfRange(png, 33, png.length));
  }

  @Test
  @Timeout(5)
  void png_of_200_000_empty_chunks_is_refused_at_once() throws Exception {
    byte[] empty = OddPictures.chunk("IDAT", NONE);
    ByteBuffer chunks = ByteBuffer.allocate(200_000 * empty.length);
    while (chunks.hasRemaining()) {
      chunks.put(empty);
    }
    byte[] file = behindHeader(odd("PNG colour 8").file(), chunks.array());
    assertThat(file.length).isGreaterThan(2_400_000);
    assertRefused(file, Reason.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iCCP", "zTXt", "iTXt"})
  void packed_chunk_of_a_png_is_not_unpacked_beyond_a_bound(String name) throws Exception {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] nothing = new byte[1 << 20];
    byte[] buffer = new byte[1 << 16];
    for (int mib = 0; mib < 200; mib++) {
      deflater.setInput(nothing);
      while (!deflater.needsInput()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.end();
    byte[] bomb =
        OddPictures.chunk(
            name,
            OddPictures.joined("x\0\0".getBytes(StandardCharsets.US_ASCII), packed.toByteArray()));
    byte[] file = behindHeader(odd("PNG colour 8").file(), bomb);
    assertThat(allocatedBy(() -> ReencodedPicture.of(file))).isLessThan(50L << 20);
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

  @Test
  void jpeg_of_very_many_segments_is_refused() throws Exception {
    byte[] jpeg = odd("JPEG").file();
    byte[] comment = {-1, -2, 0, 3, 'x'};
    ByteBuffer segments = ByteBuffer.allocate(20_000 * comment.length);
    while (segments.hasRemaining()) {
      segments.put(comment);
    }
    assertRefused(
        OddPictures.joined(
            Arrays.copyOf(jpeg, 2), segments.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length)),
        Reason.BROKEN);
  }

  @Test
  void progressive_jpeg_whose_coefficients_need_too_much_memory_is_refused() throws Exception {
    byte[] file = odd("JPEG progressive").file().clone();
    int frame = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c2");
    ByteBuffer.wrap(file).putShort(frame + 5, (short) 12_000).putShort(frame + 7, (short) 16_000);
    assertRefused(file, Reason.TOO_LARGE);
  }

  @Test
  void large_jpeg_of_very_many_scans_is_refused() throws Exception {
    byte[] file = odd("JPEG progressive").file();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int frame = text.indexOf("\u00ff\u00c2");
    int scan = text.lastIndexOf("\u00ff\u00da");
    byte[] again = Arrays.copyOfRange(file, scan, file.length - 2);
    ByteBuffer scans = ByteBuffer.allocate(file.length + 40 * again.length);
    scans.put(file, 0, file.length - 2);
    for (int i = 0; i < 40; i++) {
      scans.put(again);
    }
    scans.put(file, file.length - 2, 2);
    scans.putShort(frame + 5, (short) 6_000).putShort(frame + 7, (short) 8_000);
    assertRefused(scans.array(), Reason.TOO_LARGE);
  }

  @Test
  void webp_that_asks_for_one_transform_again_and_again_is_refused() {
    Bits bits = new Bits();
    OddPictures.losslessHead(bits, 4_000, 4_000);
    for (int i = 0; i < 100_000; i++) { // each would be a pass over the whole picture
      bits.put(1, 1);
      bits.put(2, 2);
    }
    assertRefused(OddPictures.webp(OddPictures.chunkOfWebp("VP8L", bits.done())), Reason.BROKEN);
  }

  /** Creates a lossless picture with this number of its code group, cut off before the codes. */
  private static byte[] ofGroup(int group) {
    Bits bits = new Bits();
    OddPictures.losslessHead(bits, 400, 400);
    bits.put(0, 1); // no transform
    bits.put(0, 1); // no colour cache
    bits.put(1, 1); // several groups of codes
    bits.put(0, 3); // each for four by four pixels
    bits.put(0, 1); // no colour cache
    for (int only : new int[] {group & 255, group >> 8, 0, 0, 0}) {
      bits.put(0b101, 3); // one symbol, in eight bits
      bits.put(only, 8);
    }
    return bits.done();
  }

  @Test
  void webp_of_more_than_3000_groups_of_codes_is_refused() {
    assertRefused(
        OddPictures.webp(OddPictures.chunkOfWebp("VP8L", ofGroup(2_999))), Reason.CUT_OFF);
    assertRefused(OddPictures.webp(OddPictures.chunkOfWebp("VP8L", ofGroup(3_000))), Reason.BROKEN);
  }

  @Test
  void codes_of_a_lossless_webp_count_as_memory() throws Exception {
    byte[] stream = ofGroup(2_999);
    byte[] small = OddPictures.webp(OddPictures.chunkOfWebp("VP8L", stream));
    assertThat(WebpFile.of(small).heapBytes(1)).isLessThan(2_000_000);
    byte[] large =
        OddPictures.webp(OddPictures.chunkOfWebp("VP8L", Arrays.copyOf(stream, 1 << 20)));
    assertThat(WebpFile.of(large).heapBytes(1)).isGreaterThan(50L << 20);
  }

  @Test
  void webp_of_very_many_frames_is_its_first_frame() throws Exception {
    byte[] animation = odd("WebP animation, its first frame smaller than the canvas").file();
    byte[] frames = Arrays.copyOfRange(animation, 12, animation.length);
    byte[] empty = OddPictures.chunkOfWebp("ANMF", new byte[16]);
    ByteBuffer more = ByteBuffer.allocate(100_000 * empty.length);
    while (more.hasRemaining()) {
      more.put(empty);
    }
    BufferedImage image =
        PictureDecoder.decode(OddPictures.webp(frames, more.array()), 2_000, Colours.SEEN);
    assertThat(image.getWidth()).isEqualTo(OddPictures.WIDTH);
  }

  @Test
  void webp_frame_within_a_frame_is_refused_however_deep() {
    int depth = 100_000;
    int head = 8 + 16;
    ByteBuffer frames = ByteBuffer.allocate(depth * head).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= depth; i++) {
      frames.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt((depth - i) * head + 16);
      frames.put(new byte[16]);
    }
    assertRefused(OddPictures.webp(frames.array()), Reason.BROKEN);
  }

  static List<String> kinds() {
    return List.of(
        "PNG colour 8",
        "PNG palette 4 interlaced",
        "JPEG",
        "JPEG progressive",
        "JPEG of YCCK",
        "WebP lossless",
        "WebP palette of three with transparency",
        "WebP lossy, transparency as it is, filter 3",
        "WebP animation, its first frame at the lower right");
  }

  /** A truncated file is refused as such, unless no part of the picture is missing. */
  @ParameterizedTest
  @MethodSource("kinds")
  void picture_cut_off_at_any_byte_is_refused_or_whole(String kind) throws Exception {
    Odd odd = odd(kind);
    byte[] file = odd.file();
    int step = Math.max(1, file.length / 400);
    for (int length = 12; length < file.length; length += step) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        BufferedImage image = PictureDecoder.decode(cut, 2_000, Colours.SEEN);
        PictureAssert.assertQuarters(image, odd.quarters(), 4);
      } catch (UnusablePictureException e) {
        assertThat(e.reason()).as("%d bytes", length).isIn(Reason.CUT_OFF, Reason.BROKEN);
      }
    }
  }

  @Test
  void decoding_waits_until_there_is_memory() throws Exception {
    PictureDecoder.DecodingMemory memory =
        new PictureDecoder.DecodingMemory(100L << 20); // half of it
    assertThat(memory.isEnoughFor(60L << 20, 0)).isFalse();
    assertThat(memory.isEnoughFor(30L << 20, 500L << 20)).isFalse();
    assertThat(memory.isEnoughFor(30L << 20, 0)).isTrue();
    PictureDecoder.DecodingMemory.Share first = memory.acquire(30L << 20, 0);
    AtomicReference<Thread> waiting = new AtomicReference<>();
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(
            () -> {
              waiting.set(Thread.currentThread());
              memory.acquire(30L << 20, 0).release();
            });
    Awaitility.await()
        .until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
    assertThat(second).isNotDone();
    first.release();
    second.join();
  }
}
