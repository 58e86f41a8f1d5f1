package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test with views that npm's meshoptimizer 1.3.0 encoded and decoded: mode, filter, count, stride,
 * encoded, decoded. {@code -Dmeshopt=file} reads others.
 */
class MeshoptDecoderTest {

  private static final Path VIEWS =
      Path.of(System.getProperty("meshopt", "src/test/resources/models/meshopt.txt"));

  @SuppressWarnings("ArrayRecordComponent") // read only
  private record View(
      String mode, String filter, int count, int stride, byte[] encoded, byte[] decoded) {
    static View of(String line) {
      String[] parts = line.split(" ", 6);
      return new View(
          parts[0],
          parts[1],
          Integer.parseInt(parts[2]),
          Integer.parseInt(parts[3]),
          Base64.getDecoder().decode(parts[4]),
          Base64.getDecoder().decode(parts[5]));
    }

    ByteBuffer decode(byte[] bytes) throws InvalidModelFileException {
      return MeshoptDecoder.decode(bytes, count, stride, mode, filter);
    }

    @Override
    public String toString() {
      return mode + " " + filter + " " + count + " x " + stride + ", " + encoded[0];
    }
  }

  static Stream<View> views() throws Exception {
    return Files.readAllLines(VIEWS).stream().map(View::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void a_view_is_decoded_as_by_its_encoder(View view) throws Exception {
    byte[] decoded = view.decode(view.encoded()).array();
    if (view.filter().equals("NONE") || view.filter().equals("EXPONENTIAL")) {
      assertThat(decoded).isEqualTo(view.decoded());
      return;
    }
    int size = view.stride() / 4; // filters may round the last digit differently
    for (int i = 0; i < decoded.length; i += size) {
      assertThat(number(decoded, i, size))
          .as("component %d", i / size)
          .isBetween(number(view.decoded(), i, size) - 1, number(view.decoded(), i, size) + 1);
    }
  }

  private static int number(byte[] bytes, int at, int size) {
    return size == 1 ? bytes[at] & 0xFF : (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  @Test
  void a_damaged_view_is_decoded_or_refused() throws Exception {
    Random random = new Random(3);
    int refused = 0;
    for (View view : views().toList()) {
      for (int round = 0; round < 100; round++) {
        byte[] broken = view.encoded().clone();
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        if (round % 4 == 0) {
          broken = Arrays.copyOf(broken, random.nextInt(broken.length));
        }
        try {
          assertThat(view.decode(broken).capacity()).isEqualTo(view.decoded().length);
        } catch (InvalidModelFileException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
