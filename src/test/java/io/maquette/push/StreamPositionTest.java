package io.maquette.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

  private static NavigableSet<Long> numbers(long... numbers) {
    return LongStream.of(numbers).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  private static StreamPosition at(long number, long... gaps) {
    return new StreamPosition(number, numbers(gaps));
  }

  @Test
  void a_position_is_read_back_from_its_text() {
    assertThat(at(105).encode()).isEqualTo("105");
    assertThat(at(105, 99, 103).encode()).isEqualTo("105.2.6");
    for (StreamPosition position : List.of(at(0), at(105), at(105, 99, 103), at(2, 1))) {
      assertThat(StreamPosition.decode(position.encode())).isEqualTo(position);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "x",
        "1.",
        ".1",
        "5.0",
        "5.5",
        "5.6",
        "1,2",
        "1e3",
        "９",
        "9999999999999999999",
        "105.2.2x",
        "105..2"
      })
  void other_positions_are_refused(String text) {
    assertThatThrownBy(() -> StreamPosition.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_long_text_is_refused_before_it_is_parsed() {
    String text = "1000" + ".1".repeat(5000);
    assertThatThrownBy(() -> StreamPosition.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_position_covers_lower_numbers_except_its_gaps() {
    StreamPosition position = at(10, 7);
    assertThat(position.covers(10)).isTrue();
    assertThat(position.covers(3)).isTrue();
    assertThat(position.covers(7)).isFalse();
    assertThat(position.covers(11)).isFalse();
  }

  @Test
  void an_advanced_position_has_the_skipped_numbers_as_gaps() {
    assertThat(at(10).past(13, numbers(11, 12))).isEqualTo(at(13, 11, 12));
    assertThat(at(13, 11, 12).past(11, numbers(12))).isEqualTo(at(13, 12));
    assertThat(at(13, 12).past(20, numbers(12, 15))).isEqualTo(at(20, 12, 15));
  }

  @Test
  void a_position_drops_gaps_that_were_given_up() {
    assertThat(at(13, 11, 12).past(14, numbers())).isEqualTo(at(14));
  }

  @Test
  void a_position_keeps_the_highest_gaps_of_too_many() {
    TreeSet<Long> many =
        LongStream.range(1, 500).boxed().collect(Collectors.toCollection(TreeSet::new));
    StreamPosition position = new StreamPosition(500, many);
    assertThat(position.gaps()).hasSize(StreamPosition.MAX_GAPS);
    assertThat(position.gaps().last()).isEqualTo(499);
    assertThat(StreamPosition.decode(position.encode())).isEqualTo(position);
  }
}
