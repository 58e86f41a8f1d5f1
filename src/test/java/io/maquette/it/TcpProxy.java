package io.maquette.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Passes bytes on to a port of this machine, until it is told to lose them without a word. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket entrance;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile CompletableFuture<Void> holding;

  TcpProxy(int target) throws IOException {
    this.target = target;
    entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Of the next connection that sends something nothing arrives any more, nor comes back. */
  CompletableFuture<Void> holdNext() {
    CompletableFuture<Void> held = new CompletableFuture<>();
    holding = held;
    return held;
  }

  /** All connections there are go dead, and neither end is told; new ones work. */
  void freeze() {
    links.forEach(link -> link.dead = true);
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        try {
          Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
          links.add(link);
          start(() -> link.pump(client, link.server, true));
          start(() -> link.pump(link.server, client, false));
        } catch (IOException e) {
          client.close(); // nobody listens behind
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean dead;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    private void pump(Socket from, Socket to, boolean outward) {
      byte[] buffer = new byte[1 << 16];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          CompletableFuture<Void> hold = holding;
          if (outward && hold != null) {
            holding = null;
            dead = true;
            hold.complete(null);
          }
          if (dead) {
            break;
          }
          out.write(buffer, 0, read);
          out.flush();
        }
      } catch (IOException e) {
        // one end is gone, and the other shall hear of it
      }
      try {
        if (dead) {
          over.await();
        }
        close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void close() {
      over.countDown();
      links.remove(this);
      try (client;
          server) {
        return;
      } catch (IOException e) {
        return; // gone already
      }
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    links.forEach(Link::close);
  }
}
