package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fault")
class BoundedStreamTest {

  private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, -1};

  private static InputStream bounded(InputStream content, long maxBytes, Duration maxTime) {
    return new BoundedStream(content, "the file", maxBytes, maxTime, EOFException::new);
  }

  private static InputStream bounded(long maxBytes) {
    return bounded(new ByteArrayInputStream(TEN), maxBytes, Duration.ofMinutes(1));
  }

  @Test
  void content_within_the_limits_is_read_unchanged() throws IOException {
    assertThat(bounded(TEN.length).readAllBytes()).isEqualTo(TEN);
    InputStream oneByOne = bounded(TEN.length);
    for (byte expected : TEN) {
      assertThat(oneByOne.read()).isEqualTo(expected & 0xff);
    }
    assertThat(oneByOne.read()).isEqualTo(-1);
  }

  @Test
  void one_byte_too_many_fails_with_every_method() {
    assertThatThrownBy(bounded(TEN.length - 1)::readAllBytes)
        .isInstanceOf(EOFException.class)
        .hasMessage("the file is larger than 9 bytes");
    assertThatThrownBy(
            () -> {
              try (InputStream oneByOne = bounded(TEN.length - 1)) {
                while (oneByOne.read() >= 0) {}
              }
            })
        .hasMessage("the file is larger than 9 bytes");
  }

  @Test
  void skipped_bytes_count() throws IOException {
    InputStream content = bounded(5);
    content.skipNBytes(5);
    assertThatThrownBy(content::read).hasMessage("the file is larger than 5 bytes");
    assertThatThrownBy(() -> bounded(5).skipNBytes(6))
        .hasMessage("the file is larger than 5 bytes");
    assertThat(bounded(5).skip(0)).isZero();
    assertThat(bounded(TEN.length).skip(100)).isEqualTo(TEN.length);
  }

  @Test
  void mark_and_reset_are_not_supported() {
    assertThat(bounded(TEN.length).markSupported()).isFalse();
  }

  @Test
  void a_sender_that_is_too_slow_fails_in_time() {
    InputStream dripping =
        new InputStream() {
          @Override
          public int read() {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + 1, (byte) read());
            return 1;
          }
        };
    assertThatThrownBy(bounded(dripping, Long.MAX_VALUE, Duration.ofMillis(100))::readAllBytes)
        .isInstanceOf(EOFException.class)
        .hasMessage("the file takes longer than PT0.1S");
  }
}
