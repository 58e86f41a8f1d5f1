package io.maquette.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a header ({@code Host}, {@code X-Forwarded-Host}, the end of {@code Origin}),
 * normalised. Names are in lower case, and IPv6 addresses are as Java writes them.
 *
 * @param name a name, an IPv4 address, or an IPv6 address in brackets
 * @param port -1 if the header has none
 */
record HostName(String name, int port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]{2,45}]|[^\\s:/?#@\\[\\],;\"\\\\<>]{1,255})(?::(\\d{0,5}))?");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** Parses a header value; empty if it has another form. */
  static Optional<HostName> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String port = form.group(2);
    return normalised(form.group(1))
        .map(name -> new HostName(name, port == null || port.isEmpty() ? -1 : number(port)));
  }

  private static int number(String port) {
    return Integer.parseInt(port);
  }

  private static Optional<String> normalised(String name) {
    if (!name.startsWith("[")) {
      return Optional.of(name.toLowerCase(Locale.ROOT));
    }
    try { // the brackets mark an address, so no name is looked up
      return Optional.of('[' + InetAddress.getByName(name).getHostAddress() + ']');
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean isAddress() {
    return name.startsWith("[") || IPV4.matcher(name).matches();
  }

  /** Returns whether the name always means this machine, independent of any name server. */
  boolean isLoopback() {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || (isAddress() && isLoopbackAddress());
  }

  private boolean isLoopbackAddress() {
    try { // the text is an address, so no name is looked up
      return InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
