package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.Settings;
import io.maquette.it.simulator.ForwardProxy;
import io.maquette.it.simulator.Simulator;
import io.maquette.storage.ResultFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Test of downloads through the JVM's HTTP proxy, from hosts that only the proxy can resolve. */
@Tag("fault")
class ProxiedDownloadsTest {

  private static final byte[] GLB =
      "glTF\u0002\0\0\0 and the rest".getBytes(StandardCharsets.UTF_8);

  private static final class Files extends Simulator {
    @Override
    protected Answer answer(Received request) {
      return Answer.file("model/gltf-binary", GLB);
    }
  }

  private final ProxySelector before = ProxySelector.getDefault();
  private final ForwardProxy proxy = new ForwardProxy();
  private final Files files = new Files();
  private final Downloads downloads =
      new Downloads(
          Settings.read(
              name ->
                  name.equals("maquette.download.allowed-hosts")
                      ? Optional.of("results.invalid")
                      : Optional.empty()));

  @BeforeEach
  void connectThroughTheProxy() {
    proxy.know("results.invalid", files.url().getPort());
    ProxySelector.setDefault(proxy.selector());
  }

  @AfterEach
  void close() {
    ProxySelector.setDefault(before);
    downloads.close();
    files.close();
    proxy.close();
  }

  private byte[] fetch(String address) throws IOException {
    return fetch(address, List.of("files.invalid"));
  }

  private byte[] fetch(String address, List<String> documented) throws IOException {
    try (InputStream content =
        downloads.open(address, documented, Set.of(FileType.GLB), 1_000, Duration.ofMinutes(1))) {
      return content.readAllBytes();
    }
  }

  private ResultFetchException failure(String address) {
    return catchThrowableOfType(ResultFetchException.class, () -> fetch(address));
  }

  @Test
  void the_proxy_resolves_the_name_and_not_this_machine() throws IOException {
    assertThat(fetch("http://results.invalid/model.glb")).isEqualTo(GLB);
    assertThat(proxy.requests()).containsExactly("GET http://results.invalid/model.glb HTTP/1.1");
  }

  @Test
  void https_goes_through_a_tunnel_and_is_verified_from_end_to_end() throws Exception {
    try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.know("files.invalid", host.getLocalPort());
      CompletableFuture<Integer> firstByte =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket tunnel = host.accept()) {
                  return tunnel.getInputStream().read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      ResultFetchException failure = failure("https://files.invalid/model.glb?Signature=secret");
      assertThat(proxy.requests()).containsExactly("CONNECT files.invalid:443 HTTP/1.1");
      assertThat(firstByte.get()).as("a TLS handshake").isEqualTo(0x16);
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void a_host_that_is_not_allowed_does_not_even_reach_the_proxy() {
    for (String address :
        List.of(
            "https://evil.invalid/model.glb",
            "https://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:" + proxy.port() + "/",
            "https://127.0.0.1:" + proxy.port() + "/")) {
      assertThat(failure(address).reason()).as(address).isEqualTo(Reason.HOST_NOT_ALLOWED);
    }
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void a_documented_host_at_a_private_address_does_not_reach_the_proxy() {
    ResultFetchException failure =
        catchThrowableOfType(
            ResultFetchException.class, () -> fetch("https://localhost/a", List.of("localhost")));
    assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLIC);
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void the_operator_s_own_host_may_be_at_a_private_address() throws IOException {
    proxy.know("localhost", files.url().getPort());
    assertThat(fetch("http://localhost/model.glb", List.of("http://localhost"))).isEqualTo(GLB);
    assertThat(proxy.requests()).hasSize(1);
  }

  @Test
  void a_proxy_that_refuses_is_the_operators_problem() {
    proxy.refuse("403 Forbidden");
    assertThat(failure("https://files.invalid/model.glb?Signature=secret"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PROXY))
        .hasMessageContaining("files.invalid")
        .hasMessageContaining("403")
        .hasMessageNotContaining("secret");
    proxy.refuse("407 Proxy Authentication Required");
    assertThat(failure("https://files.invalid/model.glb").reason()).isEqualTo(Reason.PROXY);
    assertThat(failure("http://results.invalid/model.glb").reason()).isEqualTo(Reason.PROXY);
  }

  @Test
  void a_proxy_that_is_down_is_no_answer_of_the_host() {
    proxy.close();
    assertThat(failure("https://files.invalid/model.glb").reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void hosts_that_need_no_proxy_are_resolved_and_checked_here() {
    ProxySelector.setDefault(before);
    ResultFetchException failure =
        catchThrowableOfType(
            ResultFetchException.class,
            () ->
                downloads
                    .open(
                        "https://localhost/a",
                        List.of("localhost"),
                        Set.of(FileType.GLB),
                        1_000,
                        Duration.ofMinutes(1))
                    .close());
    assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLIC);
  }
}
