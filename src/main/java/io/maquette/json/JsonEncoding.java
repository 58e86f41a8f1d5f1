package io.maquette.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Detection of the encoding of a JSON text. The byte order mark decides. Without one, the zero
 * bytes among the first four bytes decide (RFC 4627, section 3). Then the sender's declaration
 * counts, and finally UTF-8 (RFC 8259, section 8.1).
 */
final class JsonEncoding {

  private static final int HEAD = 4;

  private record Found(Charset charset, int mark) {}

  private JsonEncoding() {}

  /**
   * Returns the characters of a text, without its byte order mark.
   *
   * @param declared encoding that the sender declares; may be null
   */
  static Reader reader(InputStream text, Charset declared) {
    return new Reader() {
      private Reader characters;

      @Override
      public int read(char[] into, int offset, int length) throws IOException {
        if (characters == null) {
          characters = open(text, declared);
        }
        return characters.read(into, offset, length);
      }

      @Override
      public void close() {
        // the caller closes the stream
      }
    };
  }

  private static Reader open(InputStream text, Charset declared) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(text, HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    Found found = find(head, declared);
    bytes.unread(head, found.mark(), head.length - found.mark());
    return new InputStreamReader(bytes, found.charset());
  }

  private static Found find(byte[] head, Charset declared) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return new Found(StandardCharsets.UTF_8, 3);
    }
    if (startsWith(head, 0xFF, 0xFE, 0, 0)) {
      return new Found(Charset.forName("UTF-32LE"), 4);
    }
    if (startsWith(head, 0, 0, 0xFE, 0xFF)) {
      return new Found(Charset.forName("UTF-32BE"), 4);
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      return new Found(StandardCharsets.UTF_16LE, 2);
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      return new Found(StandardCharsets.UTF_16BE, 2);
    }
    if (head.length == HEAD && head[0] == 0) {
      return new Found(head[1] == 0 ? Charset.forName("UTF-32BE") : StandardCharsets.UTF_16BE, 0);
    }
    if (head.length == HEAD && head[1] == 0) {
      return new Found(head[2] == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE, 0);
    }
    return new Found(declared == null ? StandardCharsets.UTF_8 : declared, 0);
  }

  private static boolean startsWith(byte[] head, int... mark) {
    return head.length >= mark.length
        && Arrays.equals(head, 0, mark.length, toBytes(mark), 0, mark.length);
  }

  private static byte[] toBytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
