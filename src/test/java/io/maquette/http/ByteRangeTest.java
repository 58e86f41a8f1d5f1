package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.http.ByteRange.NotSatisfiableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  private static final long SIZE = 1000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-499, 0, 499",
    "bytes=500-, 500, 999",
    "bytes=999-, 999, 999",
    "bytes=0-999, 0, 999",
    "bytes=0-1000, 0, 999",
    "bytes=990-99999999999999999999999, 990, 999",
    "bytes=-1, 999, 999",
    "bytes=-1000, 0, 999",
    "bytes=-99999999999999999999999, 0, 999",
    "Bytes=1-2, 1, 2",
    "'bytes= 1-2 ', 1, 2",
    "bytes=0000000000000000000000001-2, 1, 2",
  })
  void a_range_is_limited_to_the_file(String header, long first, long last) throws Exception {
    assertThat(ByteRange.in(header, SIZE)).contains(new ByteRange(first, last));
    assertThat(new ByteRange(first, last).length()).isEqualTo(last - first + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "bytes=",
        "bytes=-",
        "bytes=2-1",
        "bytes=a-b",
        "bytes=1",
        "bytes=--1",
        "bytes=1-2-3",
        "bytes=0x1-2",
        "bytes 0-1",
        "bytes=１-２",
        "lines=0-1",
        "0-1",
        "",
      })
  void anything_but_a_single_range_means_the_whole_file(String header) throws Exception {
    assertThat(ByteRange.in(header, SIZE)).isEmpty();
  }

  @Test
  void no_header_means_the_whole_file() throws Exception {
    assertThat(ByteRange.in(null, SIZE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=1000-",
        "bytes=1000-1001",
        "bytes=99999999999999999999999-",
        "bytes=-0",
      })
  void a_range_outside_the_file_is_refused(String header) {
    assertThatThrownBy(() -> ByteRange.in(header, SIZE))
        .isInstanceOf(NotSatisfiableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=-1"})
  void an_empty_file_has_no_ranges(String header) {
    assertThatThrownBy(() -> ByteRange.in(header, 0)).isInstanceOf(NotSatisfiableException.class);
  }
}
