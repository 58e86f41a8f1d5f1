package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorPageTest {

  @Test
  void text_of_an_error_page_cannot_add_elements() {
    assertThat(
            ErrorPage.filled(
                "<a href=\"{root}\">{detail}</a>",
                Map.of("root", "/a\"b'", "detail", "<script>$1 & \\ {root}</script>")))
        .isEqualTo(
            "<a href=\"/a&quot;b&#39;\">&lt;script&gt;$1 &amp; \\ {root}&lt;/script&gt;</a>");
  }

  @Test
  void the_error_page_needs_no_inline_script_and_no_other_host() throws Exception {
    assertThat(Files.readString(Path.of("src/main/webapp/WEB-INF/error.html")))
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("\\s(on\\w+|style)=")
        .doesNotContain("<style", "http://", "https://", "=\"assets/");
  }
}
