package io.maquette.it;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A connection on which a test says and hears what no client library would let it. */
final class RawConnection implements AutoCloseable {

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param window so many bytes may wait to be read on this side
   */
  static RawConnection to(URI server, int window, Duration silence) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(window);
    socket.setSoTimeout((int) silence.toMillis());
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 10_000);
    return new RawConnection(socket);
  }

  static RawConnection to(URI server) throws IOException {
    return to(server, 1 << 16, Duration.ofSeconds(30));
  }

  RawConnection say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** Says one byte more, if anybody still listens. */
  void drip() {
    try {
      say(" ");
    } catch (IOException e) {
      return; // given up
    }
  }

  /** What comes until the other side ends or breaks the connection, or says nothing for long. */
  List<String> hear() {
    return hear(Duration.ofMinutes(5));
  }

  /** The same, but no longer than this; the last line may not be whole. */
  List<String> hear(Duration atMost) {
    StringBuilder heard = new StringBuilder();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      Reader reader = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      char[] some = new char[8192];
      int length = reader.read(some);
      while (length >= 0 && System.nanoTime() - end < 0) {
        heard.append(some, 0, length);
        length = reader.read(some);
      }
    } catch (IOException e) {
      return heard.toString().lines().toList(); // as much as there is
    }
    return heard.toString().lines().toList();
  }

  /** The whole answer to one request, whatever its path. */
  static String answer(URI server, String request) throws IOException {
    try (RawConnection connection = to(server)) {
      return String.join(
          "\n",
          connection.say(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").hear());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
