package io.maquette.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  /** Creates a request as the server presents it; null omits a header. */
  private static HttpServletRequest request(
      String local, String remote, Map<String, String> headers) {
    return FakeRequest.of(
        local,
        remote,
        false,
        headers.entrySet().stream()
            .filter(header -> header.getValue() != null)
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining(" | ")));
  }

  private static Map<String, String> headers(String host, String forwardedFor) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Host", host);
    headers.put("X-Forwarded-For", forwardedFor);
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, localhost:8080, , true",
    "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, [::1]:8080, , true",
    "127.0.0.1, 127.0.0.1, 127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.1, Maquette.localhost, , true",
    "127.0.0.1, 127.0.0.1, , , true",
    "127.0.0.1, 127.0.0.1, localhost, 203.0.113.7, false",
    "127.0.0.1, 203.0.113.7, localhost, , false",
    "192.0.2.1, 127.0.0.1, localhost, 127.0.0.1, false",
    "192.0.2.1, 192.0.2.1, localhost, , false",
    "127.0.0.1, 127.0.0.1, evil.example:8080, , false",
    "127.0.0.1, 127.0.0.1, localhost.evil.example, , false",
    "127.0.0.1, 127.0.0.1, 127.0.0.1.evil.example, , false",
    "127.0.0.1, 127.0.0.1, localhost, unknown, false",
    "127.0.0.1, 127.0.0.1, localhost, '127.0.0.1, ', false",
    "localhost, 127.0.0.1, localhost, , false",
    "dead.beef, dead.beef, localhost, , false",
  })
  void only_requests_from_localhost_without_proxy_headers_are_local(
      String local, String remote, String host, String forwardedFor, boolean own) {
    assertThat(ClientAddress.isThisMachine(request(local, remote, headers(host, forwardedFor))))
        .isEqualTo(own);
  }

  /**
   * Requests through front-end development servers and through proxies that serve localhost alone.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:8080 | X-Forwarded-Host: localhost:3000 | X-Forwarded-For: 127.0.0.1",
        "Host: localhost:3000 | X-Forwarded-Host: localhost:3000 | X-Forwarded-For: ::1",
        "Host: localhost:8080 | X-Forwarded-Host: LOCALHOST:3000 | X-Forwarded-For: ::ffff:127.0.0.1",
        "Host: localhost:8080 | X-Forwarded-Host: 127.0.0.1:3000 | X-Forwarded-For: 127.0.0.1",
        "Host: localhost:8080 | X-Forwarded-Host: [::1]:3000 | X-Forwarded-For: [::1]:51234",
        "Host: localhost:8080 | X-Forwarded-Host: app.localhost:3000, localhost:3001",
        "Host: localhost:8080 | X-Forwarded-Port: 3000 | X-Forwarded-Proto: http",
        "Host: localhost:8080 | X-Real-IP: 127.0.0.1",
        "Host: 127.0.0.1 | X-Forwarded-Host: 127.0.0.1:3000 | Sec-Fetch-Site: same-origin",
        "Host: localhost | Forwarded: for=127.0.0.1;host=localhost:3000;proto=http",
        "Host: localhost | Forwarded: for=\"[::1]:4711\", for=127.0.0.1:80",
        "Host: localhost | Forwarded: For=127.0.0.1; Host=\"localhost:3000\"",
      })
  void a_proxy_for_this_machine_is_this_machine(String headers) {
    assertThat(ClientAddress.whyNotThisMachine(FakeRequest.of(headers))).isEmpty();
  }

  /**
   * Requests that do not count as local. A page that uses DNS rebinding can send any header, but
   * {@code Host} keeps its name. The other requests come from remote clients through a proxy on
   * this machine.
   */
  @ParameterizedTest
  @CsvSource({
    "Host, 'Host: evil.example:8080 | X-Forwarded-Host: localhost:8080'",
    "Host, 'Host: evil.example | X-Forwarded-Host: localhost | X-Forwarded-For: 127.0.0.1'",
    "Host, 'Host: evil.example | Forwarded: for=127.0.0.1;host=localhost'",
    "Host, 'Host: localhost.evil.example'",
    "Host, 'Host: 127.0.0.1.evil.example'",
    "Host, 'Host: localhost@evil.example'",
    "Host, 'Host: 2130706433'",
    "Host, 'Host: localhost | Host: evil.example'",
    "X-Forwarded-Host, 'Host: localhost | X-Forwarded-Host: evil.example'",
    "X-Forwarded-Host, 'Host: localhost | X-Forwarded-Host: localhost, evil.example'",
    "X-Forwarded-Host, 'Host: localhost | X-Forwarded-Host: localhost | X-Forwarded-Host: nas'",
    "X-Forwarded-Host, 'Host: localhost | X-Forwarded-Host: '",
    "X-Forwarded-Host, 'Host: 127.0.0.1 | X-Forwarded-Host: 127.0.0.1'",
    "X-Forwarded-Host, 'Host: 127.0.0.1 | X-Forwarded-Host: 127.0.0.1:1, localhost'",
    "X-Forwarded-Host, 'Host: [::1] | X-Forwarded-Host: [0:0:0:0:0:0:0:1]'",
    "X-Forwarded-For, 'Host: localhost | X-Forwarded-For: 203.0.113.7'",
    "X-Forwarded-For, 'Host: localhost | X-Forwarded-For: 127.0.0.1, 203.0.113.7'",
    "X-Forwarded-For, 'Host: localhost | X-Forwarded-For: 127.0.0.1 | X-Forwarded-For: 203.0.113.7'",
    "X-Real-IP, 'Host: localhost | X-Real-IP: 203.0.113.7'",
    "CF-Connecting-IP, 'Host: localhost | X-Forwarded-For: ::1 | CF-Connecting-IP: 203.0.113.7'",
    "Forwarded, 'Host: localhost | Forwarded: for=203.0.113.7'",
    "Forwarded, 'Host: localhost | Forwarded: for=127.0.0.1, for=203.0.113.7'",
    "Forwarded, 'Host: localhost | Forwarded: for=127.0.0.1;host=evil.example'",
    "Forwarded, 'Host: localhost | Forwarded: for=_hidden'",
    "Forwarded, 'Host: localhost | Forwarded: for=unknown'",
    "Forwarded, 'Host: localhost | Forwarded: proto=http'",
    "Forwarded, 'Host: localhost | Forwarded: for=127.0.0.1;;for=203.0.113.7'",
    "Forwarded, 'Host: localhost | Forwarded: nonsense'",
    "Via, 'Host: localhost | Via: 1.1 cache'",
  })
  void what_comes_or_goes_elsewhere_is_named_by_its_header(String header, String headers) {
    assertThat(ClientAddress.whyNotThisMachine(FakeRequest.of(headers)))
        .flatMap(ClientAddress.Elsewhere::header)
        .hasValueSatisfying(text -> assertThat(text).startsWith(header + ": "));
  }

  @Test
  void a_connection_from_elsewhere_needs_no_header() {
    HttpServletRequest request =
        FakeRequest.of("192.0.2.1", "203.0.113.7", false, "Host: localhost");
    assertThat(ClientAddress.whyNotThisMachine(request))
        .hasValueSatisfying(elsewhere -> assertThat(elsewhere.header()).isEmpty());
  }

  /**
   * WildFly with proxy-address-forwarding replaces Host and the local address by the forwarded
   * ones.
   */
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:8080",
    "127.0.0.1, 127.0.0.1:8080",
    "app.localhost, app.localhost"
  })
  void a_server_that_replaces_the_host_does_not_open_it(String local, String forwarded) {
    String headers = "Host: " + forwarded + " | X-Forwarded-Host: " + forwarded;
    assertThat(ClientAddress.isThisMachine(FakeRequest.of(local, "127.0.0.1", false, headers)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 203.0.113.7, , 203.0.113.7",
    "192.0.2.1, 203.0.113.7, 198.51.100.1, 203.0.113.7",
    "127.0.0.1, 127.0.0.1, 203.0.113.7, 203.0.113.7",
    "127.0.0.1, 127.0.0.1, '198.51.100.1, 203.0.113.7', 203.0.113.7",
    "127.0.0.1, 127.0.0.1, '<script>', unknown",
    "127.0.0.1, 127.0.0.1, 2001:db8::1, 2001:db8::1",
    "127.0.0.1, 127.0.0.1, 203.0.113.7:51234, 203.0.113.7",
    "127.0.0.1, 127.0.0.1, '[2001:db8::1]:51234', 2001:db8::1",
    "127.0.0.1, 127.0.0.1, [2001:db8::1], 2001:db8::1",
  })
  void a_proxy_on_localhost_is_trusted_for_the_last_address(
      String local, String remote, String forwardedFor, String counted) {
    assertThat(ClientAddress.of(request(local, remote, headers("any", forwardedFor))))
        .isEqualTo(counted);
  }
}
