package io.maquette.provider.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A form of several parts (RFC 7578) as one body, as the servers' own clients each have a way of
 * their own. Its boundary is always the same: no text of one line has a line like that in it, and a
 * picture only if somebody has put it there, who then spoils a request of their own.
 */
public final class Form {

  private static final String BOUNDARY = "maquette-7f3c1b0e5d9a4f62";

  /** Its media type. */
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Adds a field. */
  public Form text(String name, String value) {
    part("name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a file. */
  public Form file(String name, String fileName, String mediaType, byte[] content) {
    part(
        "name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n".formatted(name, fileName, mediaType),
        content);
    return this;
  }

  private void part(String rest, byte[] content) {
    write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + rest + "\r\n");
    body.writeBytes(content);
    write("\r\n");
  }

  private void write(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole; nothing is added after that. */
  public byte[] body() {
    write("--" + BOUNDARY + "--\r\n");
    return body.toByteArray();
  }
}
