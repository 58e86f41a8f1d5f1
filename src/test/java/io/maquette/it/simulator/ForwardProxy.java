package io.maquette.it.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on loopback: tunnels what asks with CONNECT, and passes plain requests on. It alone
 * knows where the hosts are, as a company's proxy does.
 */
public final class ForwardProxy implements AutoCloseable {

  private final ServerSocket entrance;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile String refusal;

  public ForwardProxy() {
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** From now on a host, of which only this proxy knows, is at this port of this machine. */
  public void know(String host, int port) {
    ports.put(host, port);
  }

  /** From now on everything is refused with this status line, e.g. {@code 403 Forbidden}. */
  public void refuse(String status) {
    refusal = status;
  }

  /** The first lines of requests so far, oldest first. */
  public List<String> requests() {
    return requests;
  }

  /** Chooses this proxy for everything. */
  public ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI address) {
        return List.of(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", port())));
      }

      @Override
      public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
    };
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "forward-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        sockets.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] head = head(client.getInputStream());
      String line = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
      requests.add(line);
      String[] words = line.split(" ");
      boolean tunnels = words[0].equals("CONNECT");
      URI target = URI.create(tunnels ? "https://" + words[1] : words[1]);
      if (refusal != null) {
        send(client, "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      Integer port = ports.getOrDefault(target.getHost(), target.getPort());
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        sockets.add(server);
        if (tunnels) {
          send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          server.getOutputStream().write(head);
        }
        start(() -> pipe(client, server));
        pipe(server, client);
      }
    } catch (IOException e) {
      return; // one of the two has gone
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newLines = 0;
    while (newLines < 2) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
      newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
    }
    return head.toByteArray();
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      return; // one of the two has gone
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
