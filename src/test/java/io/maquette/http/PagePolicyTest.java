package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that the policy allows exactly the one inline script of the pages. */
@Tag("fault")
class PagePolicyTest {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "workspace.html"})
  void the_import_map_is_allowed_by_its_digest(String page) throws Exception {
    Matcher map = IMPORT_MAP.matcher(read(page));
    assertThat(map.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(HttpFilter.FOR_PAGES)
        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "workspace.html", "history.html"})
  void nothing_else_in_a_page_needs_permission(String page) throws Exception {
    String rest = IMPORT_MAP.matcher(read(page)).replaceAll("");
    assertThat(rest)
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("\\s(on\\w+|style)=")
        .doesNotContain("<style", "http://", "https://");
  }

  /**
   * WebAssembly is only for the workers that decode models, which can connect only to this server.
   */
  @Test
  void only_the_decoders_may_compile_web_assembly() {
    assertThat(HttpFilter.FOR_PAGES).doesNotContain("eval", "unsafe-inline", "worker-src");
    assertThat(HttpFilter.FOR_DECODERS).contains("'wasm-unsafe-eval'").doesNotContain("'unsafe");
    for (String policy : List.of(HttpFilter.FOR_DECODERS, HttpFilter.FOR_KTX2)) {
      assertThat(policy).startsWith("default-src 'none'").doesNotContain("blob:", "data:", "http");
    }
    for (String worker : List.of("decoder-worker.js", "ktx2-worker.js")) {
      assertThat(Path.of("src/main/webapp/assets/js/model", worker)).exists();
      String path = "/assets/js/model/" + worker;
      assertThat(HttpFilter.policyFor("/context", "/context" + path)).contains("wasm");
      assertThat(HttpFilter.policyFor("", path)).contains("wasm");
      for (String other : List.of("/context/x" + path, "/context/api" + path, path)) {
        assertThat(HttpFilter.policyFor("/context", other)).doesNotContain("eval");
      }
    }
    assertThat(HttpFilter.policyFor("/context", "/context/assets/js/model/decoders.js"))
        .doesNotContain("eval");
  }

  @ParameterizedTest
  @ValueSource(strings = {HttpFilter.FOR_PAGES, HttpFilter.FOR_DECODERS, HttpFilter.FOR_KTX2})
  void no_answer_may_be_framed_or_take_another_base(String policy) {
    assertThat(policy).contains("base-uri 'none'", "form-action '", "frame-ancestors 'none'");
  }

  private static String read(String page) throws IOException {
    return Files.readString(Path.of("src/main/webapp", page));
  }
}
