package io.maquette.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  /** A request as the server shows it; headers that are null are not there. */
  private static HttpServletRequest request(
      String local, String remote, Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ClientAddressTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getLocalAddr" -> local;
                  case "getRemoteAddr" -> remote;
                  case "getHeader" -> headers.get(arguments[0]);
                  case "getHeaders" -> {
                    String value = headers.get(arguments[0]);
                    yield Collections.enumeration(value == null ? List.of() : List.of(value));
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
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
  void onlyWhatComesFromThisMachineAndMeansItIsThisMachines(
      String local, String remote, String host, String forwardedFor, boolean own) {
    assertThat(ClientAddress.isThisMachine(request(local, remote, headers(host, forwardedFor))))
        .isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({"X-Forwarded-Host, localhost", "Forwarded, for=127.0.0.1"})
  void whatCannotBeCheckedIsNotBelieved(String header, String value) {
    assertThat(
            ClientAddress.isThisMachine(
                request("127.0.0.1", "127.0.0.1", Map.of("Host", "localhost", header, value))))
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
  })
  void aProxyOnThisMachineIsBelievedAndOfItTheLastAddress(
      String local, String remote, String forwardedFor, String counted) {
    assertThat(ClientAddress.of(request(local, remote, headers("any", forwardedFor))))
        .isEqualTo(counted);
  }
}
