package io.maquette.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a request comes from. */
public final class ClientAddress {

  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern OWN_NAME =
      Pattern.compile("(localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  private ClientAddress() {}

  /**
   * The address to count and to note. What a proxy on this machine forwards counts, and of that the
   * last, which the proxy itself has seen; anybody else may say what they like.
   */
  public static String of(HttpServletRequest request) {
    List<String> forwarded = forwarded(request);
    String address =
        !forwarded.isEmpty() && isLoopback(request.getLocalAddr())
            ? forwarded.get(forwarded.size() - 1)
            : request.getRemoteAddr();
    return LITERAL.matcher(address).matches() ? address : "unknown";
  }

  /**
   * Whether it comes from this machine and means this machine: by the loopback interface, not
   * forwarded for anybody else, and to a name that cannot be another host's. What WildFly tells of
   * the connection follows {@code X-Forwarded-Host}, so a request with that is not believed.
   */
  public static boolean isThisMachine(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return isLoopback(request.getLocalAddr())
        && isLoopback(request.getRemoteAddr())
        && forwarded(request).stream().allMatch(ClientAddress::isLoopback)
        && request.getHeader("Forwarded") == null
        && request.getHeader("X-Forwarded-Host") == null
        && (host == null || OWN_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches());
  }

  private static List<String> forwarded(HttpServletRequest request) {
    return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static boolean isLoopback(String address) {
    try {
      return LITERAL.matcher(address).matches()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // looks like an address, and is none
    }
  }
}
