package io.maquette.provider.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Multipart form (RFC 7578) as one body, because the servers' REST clients each have their own way.
 * The boundary is fixed: a single-line text cannot contain it as a line. A picture contains it only
 * if its user inserted it, which spoils only that user's own request.
 */
public final class Form {

  private static final String BOUNDARY = "maquette-7f3c1b0e5d9a4f62";

  /** Media type of the form. */
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

  /** Returns the complete body; nothing can be added afterwards. */
  public byte[] body() {
    write("--" + BOUNDARY + "--\r\n");
    return body.toByteArray();
  }
}
