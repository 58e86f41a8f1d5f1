package io.maquette.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fault")
class AllowedHostsTest {

  private static final List<String> DOCUMENTED = List.of("files.example.com", ".cos.example.com");

  private final AllowedHosts hosts =
      new AllowedHosts(List.of("minio.internal", "127.0.0.1:9000", "[::1]:9000"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example.com/a.glb?sign=x",
        "https://FILES.example.com:443/a",
        "https://b1.cos.example.com/a",
        "http://minio.internal/a",
        "http://minio.internal:8080/a",
        "http://127.0.0.1:9000/a",
        "http://[::1]:9000/a"
      })
  void documentedHostsByHttpsAndNamedOnesAnyhow(String address) {
    assertThatCode(() -> hosts.check(URI.create(address), DOCUMENTED)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.example.com/a",
        "https://files.example.com:8443/a",
        "https://example.com/a",
        "https://xcos.example.com/a",
        "https://cos.example.com.evil.org/a",
        "https://files.example.com@evil.org/a",
        "https://user@files.example.com/a",
        "https://evil.org/files.example.com",
        "http://127.0.0.1:9001/a",
        "http://127.0.0.1/a",
        "http://localhost:9000/a",
        "http://2130706433:9000/a",
        "http://0x7f.1:9000/a",
        "http://[::ffff:127.0.0.1]:9000/a",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://files.example.com/a",
        "gopher://files.example.com/a",
        "jar:https://files.example.com/a!/b",
        "//files.example.com/a",
        "/a",
        "https:///a"
      })
  void nothingElse(String address) {
    assertThatThrownBy(() -> hosts.check(URI.create(address), DOCUMENTED))
        .isInstanceOf(ResultFetchException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2001::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void addressesThatAreNotPublic(String address) throws UnknownHostException {
    assertThat(AllowedHosts.isPublic(address(address))).isFalse();
    assertThat(hosts.mayBeAt("files.example.com", address(address))).isFalse();
    assertThat(hosts.mayBeAt("minio.internal", address(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.2.1", "198.20.0.1", "2400:3200::1"})
  void addressesThatArePublic(String address) throws UnknownHostException {
    assertThat(AllowedHosts.isPublic(address(address))).isTrue();
  }

  @Test
  void aNamedHostAndPortMayBePrivate() throws UnknownHostException {
    assertThat(hosts.mayBeAt("127.0.0.1", address("127.0.0.1"))).isTrue();
    assertThat(hosts.mayBeAt("[::1]", address("::1"))).isTrue();
    assertThat(hosts.mayBeAt("localhost", address("127.0.0.1"))).isFalse();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getAllByName(literal)[0];
  }
}
