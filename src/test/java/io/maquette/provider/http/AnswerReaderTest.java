package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test of answers with values of unexpected types: such a value is lost, the rest of the answer is
 * not.
 */
class AnswerReaderTest {

  /** Answer with all types of components. */
  public record Sample(
      String text,
      BigDecimal number,
      Integer boxed,
      int whole,
      long large,
      JsonValue any,
      @JsonbProperty("of_more") Inner inner,
      List<Inner> list) {}

  /** Object in the answer. */
  public record Inner(String message, String url) {}

  /** Answer whose names are ids. */
  public record ByIds(@JsonbProperty("*") JsonValue all, String text) {}

  @Test
  void the_whole_object_is_read() throws IOException {
    @SuppressWarnings("unchecked")
    Class<Record> type = (Class<Record>) (Class<?>) ByIds.class;
    byte[] content = "{\"17\":{\"a\":1},\"text\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    ByIds answer =
        (ByIds)
            new AnswerReader()
                .readFrom(type, type, null, null, null, new ByteArrayInputStream(content));
    assertThat(answer.all()).hasToString("{\"17\":{\"a\":1},\"text\":\"b\"}");
    assertThat(answer.text()).isEqualTo("b");
  }

  private static Sample read(byte[] content, MediaType type) throws IOException {
    @SuppressWarnings("unchecked")
    Class<Record> sample = (Class<Record>) (Class<?>) Sample.class;
    return (Sample)
        new AnswerReader()
            .readFrom(sample, sample, null, type, null, new ByteArrayInputStream(content));
  }

  private static Sample read(String json) throws IOException {
    return read(json.getBytes(StandardCharsets.UTF_8), null);
  }

  @Test
  void all_types_are_read() throws IOException {
    assertThat(
            read(
                "{\"text\":\"a\",\"number\":1.5,\"boxed\":2,\"whole\":3,\"large\":4,\"any\":[5],"
                    + "\"of_more\":{\"url\":\"b\",\"other\":[{}]},\"list\":[{\"url\":\"c\"},null]}"))
        .satisfies(
            sample -> {
              assertThat(sample.text()).isEqualTo("a");
              assertThat(sample.number()).isEqualByComparingTo("1.5");
              assertThat(sample.boxed()).isEqualTo(2);
              assertThat(sample.whole()).isEqualTo(3);
              assertThat(sample.large()).isEqualTo(4);
              assertThat(sample.any()).hasToString("[5]");
              assertThat(sample.inner()).isEqualTo(new Inner(null, "b"));
              assertThat(sample.list()).containsExactly(new Inner(null, "c"), null);
            });
  }

  @Test
  void a_missing_null_or_blank_member_is_null() throws IOException {
    Sample none = new Sample(null, null, null, 0, 0, null, null, null);
    assertThat(read("{}")).isEqualTo(none);
    assertThat(
            read(
                "{\"text\":null,\"number\":null,\"boxed\":null,\"whole\":null,\"large\":null,"
                    + "\"any\":null,\"of_more\":null,\"list\":null}"))
        .isEqualTo(none);
    assertThat(
            read(
                "{\"text\":\" \",\"number\":\"\",\"boxed\":\"\",\"whole\":\"\",\"large\":\"\","
                    + "\"of_more\":\"\",\"list\":\"\"}"))
        .isEqualTo(none);
    assertThat(read("{\"of_more\":{},\"list\":{}}")).isEqualTo(none);
    assertThat(read("{\"of_more\":{\"message\":\"\",\"code\":null}}")).isEqualTo(none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true", "{\"a\":1}", "[1]", "[[]]", "\"x\"", "1e999999999", "1e-999999999"})
  void a_member_of_another_type_is_ignored(String odd) throws IOException {
    for (String name : List.of("number", "boxed", "whole", "large", "of_more", "list")) {
      Sample sample = read("{\"text\":\"good\",\"%s\":%s}".formatted(name, odd));
      assertThat(sample.text()).isEqualTo("good");
      assertThat(sample.whole()).isZero();
    }
    assertThat(read("{\"text\":%s,\"whole\":7}".formatted(odd)).whole()).isEqualTo(7);
  }

  @Test
  void almost_correct_answers_are_understood() throws IOException {
    Sample sample =
        read(
            "{\"text\":7,\"number\":\"2.5\",\"whole\":\"3\",\"of_more\":\"words\","
                + "\"list\":{\"url\":\"c\"}}");
    assertThat(sample.text()).isEqualTo("7");
    assertThat(sample.number()).isEqualByComparingTo("2.5");
    assertThat(sample.whole()).isEqualTo(3);
    assertThat(sample.inner()).isEqualTo(new Inner("words", null));
    assertThat(sample.list()).containsExactly(new Inner(null, "c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<?xml version=\"1.0\"?><Error/> | is XML",
        "[] | not a JSON object",
        "\"x\" | not a JSON object",
        "7 | not a JSON object",
        "upstream error | not a JSON object",
        "data: {\"a\":1} | an event stream",
        "{\"text\":\"a | cut off",
        "{\"text\":\"a\",\"x\":[1,2 | cut off",
        "{\"text\":\"a\",\"x\":[1,2} | a bracket that does not match",
        "{text:1} | not well-formed",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            + " | nested more than 100 deep"
      })
  void json_that_is_not_an_object_is_named(String content, String expected) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(UnreadableAnswerException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!doctype html><title>Welcome to nginx!</title>", " \uFEFF<html><body>x"})
  void an_html_page_is_not_an_answer(String page) {
    assertThatThrownBy(() -> read(page))
        .isInstanceOfSatisfying(ErrorAnswer.class, answer -> assertThat(answer.isHtml()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n", "\uFEFF"})
  void an_empty_body_is_null(String content) throws IOException {
    assertThat(read(content)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
  void the_encoding_is_detected(String charset) throws IOException {
    assertThat(read("{\"text\":\"图\"}".getBytes(Charset.forName(charset)), null).text())
        .isEqualTo("图");
  }

  @Test
  void a_declared_encoding_is_used() throws IOException {
    byte[] content = "{\"text\":\"图\"}".getBytes(Charset.forName("GBK"));
    assertThat(read(content, MediaType.valueOf("text/plain;charset=GBK")).text()).isEqualTo("图");
    assertThat(read("{}".getBytes(StandardCharsets.UTF_8), MediaType.valueOf("a/b;charset=no")))
        .isNotNull();
  }

  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead")
  void a_broken_stream_reports_the_reason() {
    InputStream broken =
        new InputStream() {
          private int left = 5000;

          @Override
          public int read() throws IOException {
            if (left-- == 5000) {
              return '{';
            }
            if (left < 0) {
              throw new IOException("Premature EOF");
            }
            return ' ';
          }
        };
    @SuppressWarnings("unchecked")
    Class<Record> sample = (Class<Record>) (Class<?>) Sample.class;
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(
                    () -> new AnswerReader().readFrom(sample, sample, null, null, null, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("Premature EOF"));
  }
}
