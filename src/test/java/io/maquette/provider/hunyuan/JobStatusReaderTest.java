package io.maquette.provider.hunyuan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobStatusReaderTest {

  private static JobStatus read(String json) throws IOException {
    return JobStatusReader.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public int read(byte[] into, int offset, int length) {
            // small reads, as the network may deliver them
            return super.read(into, offset, Math.min(length, 3));
          }
        });
  }

  private static byte[] content(JobStatus status) throws IOException {
    try (InputStream file = status.model().open()) {
      return file.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"completed\",\"model_base64\":\"//79\"}",
        "{\"model_base64\":\"\\/\\/79\",\"status\":\"completed\"}",
        " {\n\t\"model_base64\" :\r\n \"//79\" , \"status\" : \"completed\" } ",
        "{\"initial_model_base64\":\"AAAA\",\"model_base64\":\"//79\",\"status\":\"completed\"}",
        "{\"model_base64\":\"//79\",\"initial_model_base64\":\"AAAA\",\"status\":\"completed\"}",
        "{\"a\":{\"b\":[1,true,null,\"\\\\\"]},\"model_base64\":\"//79\",\"status\":\"completed\"}"
      })
  void a_model_is_found_in_any_spelling_of_the_json(String json) throws IOException {
    JobStatus status = read(json);
    assertThat(status.status()).isEqualTo("completed");
    assertThat(content(status)).containsExactly(0xff, 0xfe, 0xfd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"model_base64\\\":\\\"AAAA\\\"",
        "model_base64",
        "模型 \\\\",
        "\\u0022model_base64\\u0022:"
      })
  void text_that_looks_like_a_model_stays_text(String words) throws IOException {
    JobStatus status = read("{\"status\":\"error\",\"message\":\"" + words + "\"}");
    assertThat(status.status()).isEqualTo("error");
    assertThat(status.message()).isNotEmpty().doesNotContain("\\\"");
    assertThat(status.model()).isNull();
  }

  @Test
  void a_member_that_is_not_a_string_is_not_a_model() throws IOException {
    assertThat(read("{\"model_base64\":null,\"x\":\"AAAA\"}").model()).isNull();
    assertThat(read("{\"model_base64\":[\"AAAA\"]}").model()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"model_base64\":\"AAAA", "{\"model_base64\":\"A!AA\"}", "{\"a\":\"b"})
  void broken_json_is_not_an_answer(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
  }

  @Test
  void truncated_or_deeply_nested_json_is_not_an_answer() {
    String whole =
        "{\"status\":\"completed\",\"more\":[1,{\"a\":[]}],\"model_base64\":\"//79\",\"last\":{}}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(IOException.class);
          }
          for (String nested : new String[] {"[", "{\"a\":"}) {
            assertThatThrownBy(() -> read("{\"more\":" + nested.repeat(50_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested");
          }
        });
  }

  @Test
  void only_a_model_may_be_large() throws IOException {
    String large = "A".repeat(2 << 20);
    assertThat(content(read("{\"model_base64\":\"" + large + "\"}"))).hasSize((2 << 20) / 4 * 3);
    assertThatThrownBy(() -> read("{\"message\":\"" + large + "\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
  }
}
