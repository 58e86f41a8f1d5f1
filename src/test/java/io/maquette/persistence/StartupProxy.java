package io.maquette.persistence;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Proxy in front of PostgreSQL that handles the startup parameter {@code options} like connection
 * poolers. It refuses a connection with it, or forwards the connection without it.
 */
final class StartupProxy implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int HEADER = 8;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final boolean refuses;

  StartupProxy(int target, boolean refuses) throws IOException {
    this.target = target;
    this.refuses = refuses;
    inBackground(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // closed
              }
            },
            "startup-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      inBackground(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      int length = in.readInt();
      int code = in.readInt();
      while (code == SSL_REQUEST || code == GSS_REQUEST) {
        out.write('N');
        length = in.readInt();
        code = in.readInt();
      }
      List<String> words = words(in.readNBytes(length - HEADER));
      int options = words.indexOf("options");
      if (options >= 0 && refuses) {
        refuse(out);
        return;
      }
      if (options >= 0) {
        words.subList(options, options + 2).clear();
      }
      try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
        startup(new DataOutputStream(upstream.getOutputStream()), code, words);
        inBackground(() -> copy(upstream.getInputStream(), out));
        copy(in, upstream.getOutputStream());
      }
    }
  }

  private static List<String> words(byte[] parameters) {
    List<String> words = new ArrayList<>();
    for (String word : new String(parameters, StandardCharsets.UTF_8).split("\0", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static void refuse(DataOutputStream out) throws IOException {
    byte[] fields =
        "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
            .getBytes(StandardCharsets.UTF_8);
    out.write('E');
    out.writeInt(fields.length + 4);
    out.write(fields);
    out.flush();
  }

  private static void startup(DataOutputStream out, int code, List<String> words)
      throws IOException {
    ByteArrayOutputStream parameters = new ByteArrayOutputStream();
    for (String word : words) {
      parameters.write(word.getBytes(StandardCharsets.UTF_8));
      parameters.write(0);
    }
    parameters.write(0);
    out.writeInt(parameters.size() + HEADER);
    out.writeInt(code);
    out.write(parameters.toByteArray());
    out.flush();
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      out.write(buffer, 0, size);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
