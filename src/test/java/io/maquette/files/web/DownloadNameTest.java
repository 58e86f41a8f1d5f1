package io.maquette.files.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of download names: the user's own words, and an ASCII name for clients that cannot read
 * them.
 */
class DownloadNameTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a red mug                      | a red mug                            | a-red-mug
          一只戴草帽的小猫                | 一只戴草帽的小猫                      | model
          Ein Bär, der Gitarre spielt    | Ein Bär, der Gitarre spielt          | ein-bar-der-gitarre-spielt
          🐱                             | 🐱                                   | model
          猫 cat 2                       | 猫 cat 2                             | cat-2
          ../../etc/passwd               | etc passwd                           | etc-passwd
          CON                            | model                                | model
          lpt1                           | model                                | model
          a/b\\c:d*e?f<g>h               | a b c d e f g h                      | a-b-c-d-e-f-g-h
          .hidden.                       | hidden                               | hidden
          "!!!"                          | model                                | model
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void a_name_is_safe_in_both_forms(String prompt, String full, String ascii) {
    assertThat(DownloadName.of(prompt, "model")).isEqualTo(new DownloadName(full, ascii));
  }

  @Test
  void a_long_prompt_is_cut_between_words() {
    DownloadName name =
        DownloadName.of("a small wooden house with a garden and a very tall chimney", "model");
    assertThat(name.full()).isEqualTo("a small wooden house with a garden and a");
    assertThat(DownloadName.of("🐱".repeat(50), "model").full())
        .isEqualTo("🐱".repeat(DownloadName.MAX_LENGTH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\"; filename=\"b", "\u202Egpj.exe", "a\ud83d"})
  void nothing_gets_out_of_the_header(String prompt) {
    String header = DownloadName.of(prompt, "model").attachment("stl");
    assertThat(header)
        .matches("attachment; filename=\"[a-z0-9-]+\\.stl\"; filename\\*=UTF-8''[A-Za-z0-9%._-]+");
    String full = header.substring(header.indexOf("''") + 2);
    assertThat(URLDecoder.decode(full, StandardCharsets.UTF_8))
        .doesNotContain("\r", "\n", "\"", "\u202E");
  }

  @Test
  void a_picture_has_its_number() {
    assertThat(DownloadName.of("猫", "picture").with("-1").inline("png"))
        .isEqualTo("inline; filename=\"picture-1.png\"; filename*=UTF-8''%E7%8C%AB-1.png");
  }
}
