package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.Settings;
import io.maquette.it.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fault")
class DownloadsTest {

  private static final byte[] GLB =
      "glTF\u0002\0\0\0 and the rest".getBytes(StandardCharsets.UTF_8);

  private static final class Files extends Simulator {
    @Override
    protected Answer answer(Received request) {
      return switch (request.uri().getPath()) {
        case "/model.glb" -> Answer.file("model/gltf-binary", GLB);
        case "/page" ->
            Answer.file("text/html", "<!doctype html><title>x".getBytes(StandardCharsets.UTF_8));
        case "/empty" -> Answer.file("model/gltf-binary", new byte[0]);
        case "/once" -> new Answer(302, Map.of("Location", "/model.glb"), new byte[0]);
        case "/round" -> new Answer(302, Map.of("Location", "/round"), new byte[0]);
        case "/away" ->
            new Answer(302, Map.of("Location", "http://169.254.169.254/secret"), new byte[0]);
        case "/inside" ->
            new Answer(
                302,
                Map.of("Location", "http://localhost:" + url().getPort() + "/canary"),
                new byte[0]);
        case "/to" ->
            new Answer(
                302,
                Map.of(
                    "Location",
                    URLDecoder.decode(request.uri().getRawQuery(), StandardCharsets.UTF_8)),
                new byte[0]);
        default -> Answer.json(404, "{}");
      };
    }
  }

  private final Files files = new Files();
  private final Downloads downloads =
      new Downloads(
          Settings.read(
              name ->
                  name.equals("maquette.download.allowed-hosts")
                      ? Optional.of(files.host())
                      : Optional.empty()));

  @AfterEach
  void close() {
    downloads.close();
    files.close();
    canary.close();
  }

  /** Server on this machine that downloads must never reach; it records every request. */
  private final Files canary = new Files();

  private byte[] fetch(String path, long maxBytes, Duration maxTime) throws IOException {
    try (InputStream content =
        downloads.open(
            path.startsWith("/") ? files.url() + path : path,
            List.of("files.example.com"),
            Set.of(FileType.GLB),
            maxBytes,
            maxTime)) {
      return content.readAllBytes();
    }
  }

  private byte[] fetch(String path) throws IOException {
    return fetch(path, 1_000, Duration.ofMinutes(1));
  }

  private static void fails(ThrowingCallable fetch, String message) {
    assertThatThrownBy(fetch)
        .isInstanceOf(ResultFetchException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("sign=");
  }

  @Test
  void the_whole_file_is_downloaded() throws IOException {
    assertThat(fetch("/model.glb")).isEqualTo(GLB);
    assertThat(fetch("/once")).isEqualTo(GLB);
  }

  @Test
  void a_file_of_another_type_is_refused() {
    fails(() -> fetch("/page"), "unknown type");
    fails(() -> fetch("/empty"), "unknown type");
    fails(() -> fetch("/gone?sign=abc"), "404");
  }

  @Test
  void at_most_three_redirects_are_followed_and_each_is_checked() {
    fails(() -> fetch("/round"), "too many redirects");
    fails(() -> fetch("/away"), "must not be downloaded from http://169.254.169.254");
    fails(() -> fetch("/inside"), "must not be downloaded from http://localhost");
    assertThat(files.received(request -> request.uri().getPath().equals("/canary"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/model.glb",
        "http://localhost:PORT/model.glb",
        "http://LOCALHOST:PORT/model.glb",
        "http://localhost.:PORT/model.glb",
        "http://127.1:PORT/model.glb",
        "http://127.0.1:PORT/model.glb",
        "http://2130706433:PORT/model.glb",
        "http://0x7f000001:PORT/model.glb",
        "http://0x7f.0.0.1:PORT/model.glb",
        "http://0177.0.0.1:PORT/model.glb",
        "http://017700000001:PORT/model.glb",
        "http://0:PORT/model.glb",
        "http://0.0.0.0:PORT/model.glb",
        "http://127.0.0.1.:PORT/model.glb",
        "http://[::1]:PORT/model.glb",
        "http://[0:0:0:0:0:0:0:1]:PORT/model.glb",
        "http://[::]:PORT/model.glb",
        "http://[::ffff:127.0.0.1]:PORT/model.glb",
        "http://[::ffff:7f00:1]:PORT/model.glb",
        "http://[::127.0.0.1]:PORT/model.glb",
        "http://[64:ff9b::7f00:1]:PORT/model.glb",
        "http://user:word@127.0.0.1:PORT/model.glb",
        "http://ALLOWED@127.0.0.1:PORT/model.glb",
        "http://ALLOWED#@127.0.0.1:PORT/model.glb",
        "http://ALLOWED\\@127.0.0.1:PORT/model.glb",
        "http://127.0.0.1:PORT\\@ALLOWED/model.glb",
        "http://ALLOWED%2f@127.0.0.1:PORT/model.glb",
        "http://ALLOWED.localhost:PORT/model.glb",
        "http://%6cocalhost:PORT/model.glb",
        "http://①②⑦.⓪.⓪.①:PORT/model.glb",
        "http://ｌｏｃａｌｈｏｓｔ:PORT/model.glb",
        "http://localhost%00.files.example.com:PORT/model.glb",
        "http://files.example.com:PORT/model.glb",
        "https://files.example.com:PORT/model.glb",
        "https://127.0.0.1:PORT/model.glb",
        "//127.0.0.1:PORT/model.glb",
        "http:127.0.0.1:PORT/model.glb",
        "http:///model.glb",
        "file:///etc/passwd",
        "file://127.0.0.1:PORT/model.glb",
        "ftp://127.0.0.1:PORT/model.glb",
        "jar:http://127.0.0.1:PORT/model.glb!/x",
        "gopher://127.0.0.1:PORT/_GET%20/model.glb",
        "http://169.254.169.254/latest/meta-data",
        "http://[fd00:ec2::254]/latest/meta-data",
        "http://10.0.0.1/model.glb",
        "http://192.168.0.1/model.glb",
      })
  void no_url_or_redirection_reaches_a_private_address(String hostile) {
    String address =
        hostile
            .replace("PORT", Integer.toString(canary.url().getPort()))
            .replace("ALLOWED", files.host());
    String by = files.url() + "/to?" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    for (String way : List.of(address, by)) {
      assertThatThrownBy(() -> fetchFrom(way)).isInstanceOf(ResultFetchException.class);
    }
    assertThat(canary.received()).isEmpty();
  }

  private byte[] fetchFrom(String address) throws IOException {
    try (InputStream content =
        downloads.open(
            address,
            List.of("files.example.com", ".localhost"),
            Set.of(FileType.GLB),
            1_000,
            Duration.ofMinutes(1))) {
      return content.readAllBytes();
    }
  }

  @Test
  void a_documented_host_at_a_private_address_is_refused() {
    try (InputStream content =
        downloads.open(
            "https://localhost/a?sign=x",
            List.of("localhost"),
            Set.of(FileType.GLB),
            1_000,
            Duration.ofMinutes(1))) {
      assertThat(content).isNull();
    } catch (IOException e) {
      assertThat(e)
          .isInstanceOf(ResultFetchException.class)
          .hasMessageContaining("not a public address")
          .hasMessageNotContaining("sign=");
    }
  }

  @Test
  void an_unusable_address_is_reported_without_its_content() {
    fails(() -> fetch(" not an address?sign=x"), "cannot be read");
    fails(() -> fetch("x".repeat(9_000)), "no usable address");
    for (String address :
        List.of("not an address", "https://files.example.com/{a}", "x".repeat(9_000))) {
      assertThat(catchThrowableOfType(ResultFetchException.class, () -> fetch(address)).reason())
          .as(address)
          .isEqualTo(ResultFetchException.Reason.UNUSABLE);
    }
  }

  @Test
  void the_size_is_bounded_with_and_without_a_content_length() {
    fails(() -> fetch("/model.glb", 10, Duration.ofMinutes(1)), "larger than 10 bytes");
    files.next(request -> true, Simulator.huge("model/gltf-binary", GLB, 2L << 30));
    fails(() -> fetch("/model.glb"), "larger than 1000 bytes");
  }

  @Test
  void the_time_of_a_download_is_bounded() {
    files.next(request -> true, files.slowly(20));
    fails(() -> fetch("/model.glb", 1_000, Duration.ofMillis(100)), "takes longer than PT0.1S");
  }

  @Test
  void a_file_that_breaks_off_is_refused() {
    files.next(
        request -> true,
        (exchange, usual) -> {
          exchange.sendResponseHeaders(200, GLB.length + 10);
          exchange.getResponseBody().write(GLB);
          exchange.getResponseBody().flush();
        });
    fails(() -> fetch("/model.glb"), "cut off");
  }
}
