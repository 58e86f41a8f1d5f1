package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.AddressRange;
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

  private static final List<String> DOCUMENTED =
      List.of("files.example.com", ".cos.example.com", "result-*.oss-*.example.com");

  private final AllowedHosts hosts =
      new AllowedHosts(
          List.of("minio.internal", "127.0.0.1:9000", "[::1]:9000", "*.store.example.net"),
          List.of(),
          "maquette.download.allowed-hosts");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example.com/a.glb?sign=x",
        "https://FILES.example.com:443/a",
        "https://b1.cos.example.com/a",
        "https://result-bj.oss-cn-beijing.example.com/a",
        "https://result-wlcb-acdr-1.oss-cn-wulanchabu-acdr-1.example.com/a",
        "https://eu.store.example.net/a",
        "http://minio.internal/a",
        "http://minio.internal:8080/a",
        "http://127.0.0.1:9000/a",
        "http://[::1]:9000/a"
      })
  void documented_hosts_need_https_and_named_ones_do_not(String address) {
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
        "https://result-.oss-cn.example.com/a",
        "https://result-a.b.oss-cn.example.com/a",
        "https://result-a.oss-cn.evil.example.com/a",
        "https://xresult-a.oss-cn.example.com/a",
        "https://result-a.oss-cn.example.com.evil.org/a",
        "https://result-aXoss-cn.example.com/a",
        "https://store.example.net/a",
        "https://evilstore.example.net/a",
        "http://eu.store.example.net/a",
        "https://eu.store.example.net:8443/a",
        "https://files.example.com:0/a",
        "https://files.example.com:99999/a",
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
  void other_hosts_are_refused(String address) {
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
        "2001:2::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void private_addresses_are_recognised(String address) throws UnknownHostException {
    assertThat(AllowedHosts.isPublic(address(address))).isFalse();
    assertThat(hosts.mayBeAt("files.example.com", 443, address(address))).isFalse();
    assertThat(hosts.mayBeAt("minio.internal", 443, address(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.2.1", "198.20.0.1", "2400:3200::1"})
  void public_addresses_are_recognised(String address) throws UnknownHostException {
    assertThat(AllowedHosts.isPublic(address(address))).isTrue();
  }

  @Test
  void an_allowed_host_with_a_port_may_be_private() throws UnknownHostException {
    assertThat(hosts.mayBeAt("127.0.0.1", 443, address("127.0.0.1"))).isTrue();
    assertThat(hosts.mayBeAt("[::1]", 443, address("::1"))).isTrue();
    assertThat(hosts.mayBeAt("localhost", 443, address("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://nas:8188", "https://nas:8188", "http://[fd12::7]:8188"})
  void a_providers_own_host_may_be_private_at_its_own_port_only(String origin) throws Exception {
    String host = URI.create(origin).getHost();
    InetAddress inside = address("192.168.1.7");
    assertThat(hosts.mayBeAt(host, 8188, inside)).as("before").isFalse();
    hosts.check(URI.create(origin + "/a.glb"), List.of(origin));
    assertThat(hosts.mayBeAt(host, 8188, inside)).isTrue();
    assertThat(hosts.mayBeAt(host.replaceAll("[\\[\\]]", ""), 8188, inside)).isTrue();
    assertThat(hosts.mayBeAt(host, 443, inside)).isFalse();
    assertThat(hosts.mayBeAt(host, -1, inside)).isFalse();
  }

  @Test
  void a_documented_host_that_is_given_as_http_is_fetched_by_https() {
    assertThat(hosts.secured(URI.create("http://files.example.com/a?s=1&t=%2F"), DOCUMENTED))
        .isEqualTo(URI.create("https://files.example.com/a?s=1&t=%2F"));
    assertThat(hosts.secured(URI.create("http://minio.internal/a"), DOCUMENTED))
        .isEqualTo(URI.create("http://minio.internal/a"));
    assertThat(hosts.secured(URI.create("http://evil.org/a"), DOCUMENTED))
        .isEqualTo(URI.create("http://evil.org/a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"198.18.0.7", "198.19.255.1", "fc00::7", "fdfe:dcba:9876::7", "2001:2::7"})
  void an_address_of_fake_ip_mode_is_named_with_the_setting_that_allows_it(String address)
      throws UnknownHostException {
    InetAddress fake = address(address);
    assertThatThrownBy(() -> hosts.checkAddress("files.example.com", 443, fake))
        .isInstanceOf(AllowedHosts.ForbiddenAddressException.class)
        .hasMessageContaining("files.example.com resolves to " + fake.getHostAddress())
        .hasMessageContaining("fake-IP mode")
        .hasMessageContaining("set maquette.download.fake-ip=");
    AllowedHosts allowing =
        new AllowedHosts(List.of(), AddressRange.FAKE_IP, "maquette.download.allowed-hosts");
    assertThatCode(() -> allowing.checkAddress("files.example.com", 443, fake))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fd12::1"})
  void fake_ip_mode_opens_no_other_address(String address) throws UnknownHostException {
    AllowedHosts allowing =
        new AllowedHosts(List.of(), AddressRange.FAKE_IP, "maquette.download.allowed-hosts");
    InetAddress inside = address(address);
    assertThatThrownBy(() -> allowing.checkAddress("files.example.com", 443, inside))
        .isInstanceOf(AllowedHosts.ForbiddenAddressException.class);
  }

  @Test
  void a_receiver_of_webhooks_in_fake_ip_mode_is_for_the_operator_to_name()
      throws UnknownHostException {
    AllowedHosts webhooks =
        new AllowedHosts(List.of(), List.of(), "maquette.webhook.allowed-hosts");
    InetAddress fake = address("198.18.0.7");
    assertThatThrownBy(() -> webhooks.checkAddress("shop.example", 443, fake))
        .hasMessageContaining("add shop.example to maquette.webhook.allowed-hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/hooks",
        "https://shop.example:8443/hooks?a=b",
        "https://shop.example:65535/",
        "https://xn--mnchen-3ya.example/",
        "https://1.1.1.1/",
        "https://[2400:3200::1]/",
        "http://minio.internal/"
      })
  void addresses_that_a_user_may_give(String address) {
    assertThat(hosts.isAcceptable(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example:99999/",
        "https://shop.example:65536/",
        "https://shop.example:0/",
        "http://minio.internal:99999/",
        "http://minio.internal:0/",
        "https:///hooks",
        "https://:443/",
        "https://user@shop.example/",
        "https://shop.example/#part",
        "https://münchen.example/",
        "https://under_score.example/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1]/",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://999.1.1.1/",
        "https://169.254.169.254/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://a.localhost/",
        "http://shop.example/",
        "ftp://shop.example/",
        "shop.example/hooks",
        "mailto:hooks@shop.example"
      })
  void addresses_that_a_user_may_not_give(String address) {
    assertThat(hosts.isAcceptable(URI.create(address))).isFalse();
  }

  @Test
  void a_host_of_more_than_253_characters_is_not_acceptable() {
    String host = "a.".repeat(147) + "example";
    assertThat(host).hasSizeGreaterThan(300);
    assertThat(hosts.isAcceptable(URI.create("https://" + host + "/"))).isFalse();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getAllByName(literal)[0];
  }
}
