package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Request with only an address and headers, as a server presents it. */
final class FakeRequest {

  private FakeRequest() {}

  /**
   * Creates a request.
   *
   * @param headers {@code Name: value}, separated by " | "; a name can occur several times
   */
  static HttpServletRequest of(String local, String remote, boolean secure, String headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getLocalAddr" -> local;
                  case "getRemoteAddr" -> remote;
                  case "isSecure" -> secure;
                  case "getHeaders" ->
                      Collections.enumeration(values(headers, (String) arguments[0]));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  static HttpServletRequest of(String headers) {
    return of("127.0.0.1", "127.0.0.1", false, headers);
  }

  /** Returns the values of a header, by its name in any case. */
  static List<String> values(String headers, String name) {
    return Arrays.stream(headers == null ? new String[0] : headers.split(" \\| ", -1))
        .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(header -> header.substring(name.length() + 1).strip())
        .toList();
  }
}
