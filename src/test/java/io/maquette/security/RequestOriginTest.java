package io.maquette.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOriginTest {

  /** Forms in which reverse proxies forward a request of the application's own pages. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // no proxy, or a proxy that passes on Host as the browser sent it
        "Origin: http://localhost:8080 | Host: localhost:8080",
        "Origin: https://Maquette.example | Host: maquette.example",
        "Origin: http://nas | Host: NAS",
        "Origin: http://nas | Host: nas:80",
        "Origin: https://nas | Host: nas:443",
        "Origin: https://nas:443 | Host: nas",
        "Origin: https://nas | Host: nas",
        "Origin: http://nas: | Host: nas",
        "Origin: http://my_app:8080 | Host: my_app:8080",
        "Origin: http://[::1]:8080 | Host: [::1]:8080",
        "Origin: http://[fe80::1] | Host: [FE80:0:0:0:0:0:0:1]",
        "Origin: https://192.0.2.7 | Host: 192.0.2.7:443",
        // Host with the proxy's own port or without a port: another header holds the port
        "Origin: http://nas:8080 | Host: nas | X-Forwarded-Host: nas:8080",
        "Origin: http://nas:8080 | Host: nas | X-Forwarded-Port: 8080",
        "Origin: http://nas:8080 | Host: nas | X-Forwarded-Host: nas | X-Forwarded-Port: 8080",
        "Origin: https://nas | Host: nas:80 | X-Forwarded-Proto: https",
        "Origin: https://nas | Host: nas:8080 | X-Forwarded-Port: 443",
        "Origin: https://nas:8443 | Host: nas | X-Forwarded-Proto: https | X-Forwarded-Port: 8443",
        // Host of the server behind the proxy
        "Origin: https://nas | Host: 127.0.0.1:8080 | X-Forwarded-Host: nas",
        "Origin: https://nas | Host: maquette:8080 | X-Forwarded-Host: NAS:443",
        "Origin: https://nas | Host: maquette:8080 | x-forwarded-host: nas",
        "Origin: http://nas:81 | Host: maquette:8080 | X-Forwarded-Host: nas:81, inner:8080",
        "Origin: http://nas:81 | Host: maquette | X-Forwarded-Host: inner | X-Forwarded-Host: nas:81",
        "Origin: http://nas:81 | Host: maquette | X-Forwarded-Host: nas | X-Forwarded-Port: 81, 80",
        "Origin: http://[::1]:81 | Host: maquette | X-Forwarded-Host: [0:0:0:0:0:0:0:1]:81",
        "Origin: https://nas | Host: maquette:8080 | Forwarded: for=192.0.2.1;host=nas;proto=https",
        "Origin: http://nas:81 | Host: maquette | Forwarded: by=x;Host=\"nas:81\", for=\"[::1]:9\"",
        // front-end development servers
        "Origin: http://localhost:3000 | Host: localhost:8080 | X-Forwarded-Host: localhost:3000",
        "Origin: http://localhost:5173 | Host: 127.0.0.1:8080 | X-Forwarded-Host: localhost:5173",
        // TLS ends at an outer proxy, so the inner proxy reports http
        "Origin: https://nas | Host: nas | X-Forwarded-Proto: http",
        // requests that a browser marks as same-origin, and requests of other clients
        "Origin: http://nas:81 | Host: maquette | Sec-Fetch-Site: same-origin",
        "Host: maquette | Sec-Fetch-Site: none",
        "Host: nas",
      })
  void our_own_pages_are_served_behind_any_proxy(String headers) {
    assertThat(RequestOrigin.isOwn(FakeRequest.of(headers))).isTrue();
    assertThat(RequestOrigin.isOwn(name -> FakeRequest.values(headers, name)))
        .as("as a WebSocket")
        .isTrue();
  }

  /**
   * Requests that pages of other hosts can trigger; such a page controls no header except these
   * values.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example | Host: nas",
        "Origin: https://evil.example | Host: nas | X-Forwarded-Host: nas",
        "Origin: https://evil.example | Host: nas | X-Forwarded-Port: 443",
        "Origin: http://evil.example:8080 | Host: nas:8080",
        "Origin: http://nas:8081 | Host: nas:8080",
        "Origin: http://nas:8080 | Host: nas",
        "Origin: http://nas | Host: nas:8080",
        "Origin: http://nas | Host: nas:443",
        "Origin: https://nas | Host: nas:80",
        "Origin: http://nas | Host: nas | X-Forwarded-Proto: https",
        "Origin: http://nas | Host: nas | Forwarded: for=192.0.2.1;proto=https",
        "Origin: http://nas:8081 | Host: nas:8080 | X-Forwarded-Port: 8080",
        "Origin: http://nas.evil.example | Host: nas",
        "Origin: http://evil.example.nas | Host: nas",
        "Origin: http://sub.nas | Host: nas",
        "Origin: null | Host: nas",
        "Origin: null | Host: null",
        "Origin: | Host: nas",
        "Origin: nas | Host: nas",
        "Origin: //nas | Host: nas",
        "Origin: ftp://nas | Host: nas",
        "Origin: file://nas | Host: nas",
        "Origin: chrome-extension://nas | Host: nas",
        "Origin: http://nas@evil.example | Host: nas",
        "Origin: http://evil.example@nas | Host: nas",
        "Origin: http://evil.example#nas | Host: nas",
        "Origin: http://nas/ | Host: nas",
        "Origin: http://nas, http://evil.example | Host: nas",
        "Origin: http://nas http://evil.example | Host: nas",
        "Origin: http://nas | Origin: http://evil.example | Host: nas",
        "Origin: http://nas:99999999999 | Host: nas:99999999999",
        "Origin: http://nas:x | Host: nas:x",
        "Origin: http://[::2] | Host: [::1]",
        "Origin: http://[::1 | Host: [::1",
        "Origin: https://nas | Host: maquette",
        "Origin: https://nas",
        "Origin: https://nas | Host: maquette | Forwarded: host=nas host",
        "Origin: https://nas | Host: nas | Sec-Fetch-Site: cross-site",
        "Origin: https://nas | Host: nas | Sec-Fetch-Site: same-site",
        "Host: nas | Sec-Fetch-Site: cross-site",
        "Host: nas | Sec-Fetch-Site: SAME-ORIGIN ",
      })
  void pages_of_other_hosts_change_nothing(String headers) {
    assertThat(RequestOrigin.isOwn(FakeRequest.of(headers))).isFalse();
    assertThat(RequestOrigin.isOwn(name -> FakeRequest.values(headers, name)))
        .as("as a WebSocket")
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"http://nas, false", "https://nas, true"})
  void a_page_without_tls_changes_nothing_where_the_server_has_tls(String origin, boolean own) {
    String headers = "Host: nas | Origin: " + origin;
    assertThat(RequestOrigin.isOwn(FakeRequest.of("192.0.2.1", "192.0.2.2", true, headers)))
        .isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 'X-Forwarded-Proto: https', true",
    "false, 'X-Forwarded-Proto: HTTPS, http', true",
    "false, 'X-Forwarded-Proto: http, https', false",
    "false, 'X-Forwarded-Scheme: https', true",
    "false, 'Forwarded: for=192.0.2.1;proto=https', true",
    "false, 'Forwarded: for=192.0.2.1', false",
    "true, 'Host: nas', true",
    "false, 'Host: nas', false",
  })
  void https_is_known_by_the_server_or_a_proxy(boolean secure, String headers, boolean https) {
    assertThat(RequestOrigin.usesHttps(FakeRequest.of("", "", secure, headers))).isEqualTo(https);
  }
}
