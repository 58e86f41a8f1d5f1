package io.maquette.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

  /** The same, but no longer than this. */
  List<String> hear(Duration atMost) {
    List<String> lines = new ArrayList<>();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      while (line != null && System.nanoTime() - end < 0) {
        lines.add(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      return lines; // as much as there is
    }
    return lines;
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
