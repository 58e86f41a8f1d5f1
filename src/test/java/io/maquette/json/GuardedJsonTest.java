package io.maquette.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that reading any text ends, with a value or with an exception. */
class GuardedJsonTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Record that JSON-B reads; Parsson skips unknown members. */
  public record Known(String name, List<Item> items) {}

  /** Element of the list. */
  public record Item(String url) {}

  private static final String TEXT =
      "{\"timings\":[1,2,{\"a\":[\"]\",\"\\\"}\"]}],\"name\":\"图\",\"more\":{\"b\":{\"c\":[]}},"
          + "\"items\":[{\"url\":\"x\",\"extra\":{\"d\":[[],{}]}}],\"last\":[true,null,-1.5e3]}";

  private static final Jsonb JSONB = GuardedJson.jsonb(new JsonbConfig());

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void skipAll(String text) {
    try (JsonParser parser = GuardedJson.parser(text, GuardedJson.MAX_DEPTH)) {
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_ARRAY -> parser.skipArray();
          case START_OBJECT -> parser.skipObject();
          default -> {
            // continues with the next text
          }
        }
      }
    }
  }

  private static void skipValues(String text) {
    try (JsonParser parser = GuardedJson.parser(text, GuardedJson.MAX_DEPTH)) {
      parser.next();
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_ARRAY -> parser.skipArray();
          case START_OBJECT -> parser.skipObject();
          default -> {
            // continues with the next text
          }
        }
      }
    }
  }

  private static void takeValue(String text) {
    try (JsonParser parser = GuardedJson.parser(text, GuardedJson.MAX_DEPTH)) {
      parser.next();
      parser.getValue();
      parser.hasNext();
    }
  }

  static Stream<Consumer<String>> ways() {
    Type type = Known.class;
    return Stream.of(
        GuardedJson::object,
        text -> GuardedJson.object(bytes(text)),
        GuardedJson::value,
        GuardedJsonTest::skipAll,
        GuardedJsonTest::skipValues,
        GuardedJsonTest::takeValue,
        text -> JSONB.fromJson(text, Known.class),
        text -> JSONB.fromJson(text, type),
        text -> JSONB.fromJson(new StringReader(text), Known.class),
        text -> JSONB.fromJson(new StringReader(text), type),
        text -> JSONB.fromJson(bytes(text), Known.class),
        text -> JSONB.fromJson(bytes(text), type));
  }

  private static void assertRefused(Consumer<String> way, String text) {
    assertThatThrownBy(() -> way.accept(text))
        .as(text.substring(0, Math.min(80, text.length())))
        .isInstanceOfAny(
            JsonException.class,
            JsonbException.class,
            IllegalStateException.class,
            NoSuchElementException.class);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_whole_text_is_read(Consumer<String> way) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          way.accept(TEXT);
          way.accept(" \n" + TEXT + "\r\n\t ");
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_text_that_is_cut_off_anywhere_is_refused(Consumer<String> way) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int length = 0; length < TEXT.length(); length++) {
            assertRefused(way, TEXT.substring(0, length));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_text_nested_without_end_is_refused(Consumer<String> way) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (String nested : List.of("[", "{\"a\":", "[{\"a\":", "[\"x\",")) {
            assertRefused(way, nested.repeat(50_000));
            assertRefused(way, "{\"other\":" + nested.repeat(50_000));
          }
          assertRefused(way, "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void brackets_must_match(Consumer<String> way) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (String wrong :
              List.of("{\"a\":[}", "{\"a\":[1}]", "{\"a\":{]", "{\"a\":[[1}]}", "{\"a\":[1]]}")) {
            assertRefused(way, wrong);
          }
        });
  }

  /** Replaces bytes at some positions of a text; reading the result must end. */
  @ParameterizedTest
  @MethodSource("ways")
  void reading_ends_at_an_invalid_character(Consumer<String> way) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int at = 0; at < TEXT.length(); at++) {
            for (String other : List.of("\"", "\\", "[", "]", "{", "}", ",", "\0", "x", "")) {
              try {
                way.accept(TEXT.substring(0, at) + other + TEXT.substring(at + 1));
              } catch (JsonException
                  | JsonbException
                  | IllegalStateException
                  | ClassCastException
                  | NoSuchElementException e) {
                // a refusal is acceptable
              }
            }
          }
        });
  }

  @Test
  void nesting_is_allowed_up_to_its_bound() {
    int most = GuardedJson.MAX_DEPTH - 1;
    GuardedJson.object("{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}");
    assertThatThrownBy(
            () -> GuardedJson.object("{\"a\":" + "[".repeat(most + 1) + "]".repeat(most + 1) + "}"))
        .isInstanceOf(JsonException.class)
        .hasCauseInstanceOf(InvalidJsonException.NestedTooDeeply.class)
        .cause()
        .hasMessage("the JSON text is nested more than 100 deep");
  }

  @Test
  void an_object_of_more_than_two_million_values_is_refused() {
    int most = GuardedJson.MAX_VALUES - 2; // minus the object and the array
    assertThat(GuardedJson.object("{\"a\":[" + "0,".repeat(most) + "0]}")).hasSize(1);
    for (String more : List.of("0,".repeat(most) + "0,0", "[],".repeat(most / 2) + "[]")) {
      assertThatThrownBy(() -> GuardedJson.object("{\"a\":[" + more + "]}"))
          .isInstanceOf(JsonException.class)
          .hasCauseInstanceOf(InvalidJsonException.class);
    }
    String text = ",[{".repeat(GuardedJson.MAX_VALUES);
    assertThat(GuardedJson.object("{\"a\":\"" + text + "\"}").getString("a")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"x\"", "null", "{}]", "", " ", "<html>"})
  void json_that_is_not_an_object_is_refused(String text) {
    assertThatThrownBy(() -> GuardedJson.object(text)).isInstanceOf(JsonException.class);
  }

  /** Reads like Parsson's skip methods, which never end by themselves. */
  @Test
  void a_reader_that_continues_after_the_end_is_stopped() {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(
                    () -> {
                      Reader reader = GuardedJson.guard(new StringReader("{}"));
                      while (true) {
                        reader.read();
                      }
                    })
                .isInstanceOf(InvalidJsonException.class));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, false",
    "UTF-8, true",
    "UTF-16LE, false",
    "UTF-16LE, true",
    "UTF-16BE, false",
    "UTF-16BE, true",
    "UTF-32LE, false",
    "UTF-32LE, true",
    "UTF-32BE, false",
    "UTF-32BE, true"
  })
  void the_encoding_is_detected(String charset, boolean marked) {
    String text = (marked ? "\uFEFF" : "") + "{\"name\":\"图\"}";
    JsonObject read =
        GuardedJson.object(new ByteArrayInputStream(text.getBytes(Charset.forName(charset))));
    assertThat(read.getString("name")).isEqualTo("图");
  }

  @Test
  void the_declared_encoding_counts_if_the_text_shows_none() throws IOException {
    byte[] text = "\"图\"".getBytes(Charset.forName("GBK"));
    Reader reader = JsonEncoding.reader(new ByteArrayInputStream(text), Charset.forName("GBK"));
    char[] read = new char[10];
    assertThat(new String(read, 0, reader.read(read, 0, 10))).isEqualTo("\"图\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void a_text_may_be_shorter_than_a_byte_order_mark(int length) {
    assertThatThrownBy(
            () ->
                GuardedJson.object(
                    new ByteArrayInputStream(
                        new byte[] {(byte) 0xEF, (byte) 0xBB, '{'}, 0, length)))
        .isInstanceOf(JsonException.class);
    assertThat(GuardedJson.object(bytes("{}"))).isEmpty();
    assertThat(Set.of(GuardedJson.value("1").toString())).containsExactly("1");
  }
}
