package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.Tool;
import io.maquette.it.EventStream.Message;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example for nginx lets everything through that it should. */
@Tag("all")
@Tag("fault")
class ReverseProxyIT {

  @Test
  void the_readme_works_through_the_proxy_and_health_is_hidden() throws Exception {
    Tool.NGINX.require();
    Path folder = Wars.freshFolder("proxy");
    try (Server server =
        PayaraMicro.start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of("MAQUETTE_HOME", folder.resolve("home").toString()))) {
      int port = Server.freePorts(0);
      int portless = Server.freePorts(0);
      Process nginx = start(folder, port, portless, server.base());
      try {
        URI proxy = URI.create("http://127.0.0.1:" + port);
        ReadmeWalk.walk(Path.of("README.md"), proxy, folder);
        assertThat(send(proxy, "/health/ready").statusCode()).isEqualTo(404);
        assertThat(send(proxy, "/metrics").statusCode()).isEqualTo(404);
        assertThat(send(server.base(), "/health/ready").statusCode()).isEqualTo(200);
        String location = locationOfANewTask(proxy);
        assertThat(location).startsWith(proxy + "/api/tasks/");
        assertPushed(proxy, location.substring(location.lastIndexOf('/') + 1));
        assertThat(created(port, "http://localhost:" + port)).isEqualTo(201);
        assertThat(created(port, "http://localhost:" + portless)).isEqualTo(403);
        assertThat(created(portless, "http://localhost:" + portless)).isEqualTo(201);
        assertThat(created(portless, "http://localhost:" + port)).isEqualTo(403);
        assertThat(created(portless, "http://evil.example")).isEqualTo(403);
        Duration wait = SlowSenders.longestWaitBesideThem(proxy, Duration.ofMillis(200));
        Measured.note("longest wait beside slow senders, through nginx", wait.toMillis() + " ms");
        assertThat(wait).isLessThan(Duration.ofSeconds(5));
      } finally {
        nginx.destroy();
        nginx.waitFor();
      }
    }
  }

  /** What is pushed comes while the stream is open, all of it, and the same over a WebSocket. */
  private static void assertPushed(URI proxy, String id) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (EventStream events =
            EventStream.open(http, proxy.resolve("/api/tasks/" + id + "/stream?lastEventId=0"));
        EventStream socket =
            EventStream.openSocket(http, proxy.resolve("/ws/tasks/" + id + "?lastEventId=0"))) {
      events.awaitStatus("IMAGE_COMPLETED");
      socket.awaitStatus("IMAGE_COMPLETED");
      List<Long> history = events.changes().stream().map(Message::number).toList();
      assertThat(socket.changes()).map(Message::number).isEqualTo(history).hasSizeGreaterThan(5);
    }
  }

  /** What a page of this origin is answered that creates a task through the proxy. */
  private static int created(int port, String origin) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/tasks"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"of a page\"}"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /**
   * The example with other ports, and without the certificate that a test does not have.
   *
   * @param portless where a second proxy listens, which loses the port of Host, as many do
   */
  private static Process start(Path folder, int port, int portless, URI upstream)
      throws IOException {
    String example =
        Files.readString(Path.of("server-config/nginx/maquette.conf"))
            .replace("listen 80;", "listen 127.0.0.1:" + Server.freePorts(0) + ";")
            .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + port + ";")
            .replaceAll("(?m)^ *ssl_.*$", "")
            .replace("server 127.0.0.1:8080;", "server " + upstream.getAuthority() + ";");
    assertThat(example).contains(upstream.getAuthority(), Integer.toString(port));
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf,
        """
        daemon off;
        pid nginx.pid;
        error_log nginx.log;
        events {}
        http {
          access_log off;
          client_body_temp_path temp-body;
          proxy_temp_path temp-proxy;
          fastcgi_temp_path temp-fastcgi;
          uwsgi_temp_path temp-uwsgi;
          scgi_temp_path temp-scgi;
        %s
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://maquette;
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-Host $http_host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            }
          }
        }
        """
            .formatted(example, portless));
    Process nginx =
        new ProcessBuilder(
                Tool.NGINX.require().toString(), "-p", folder.toString(), "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    await().failFast(() -> !nginx.isAlive()).until(() -> listens(port));
    return nginx;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> send(URI base, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String locationOfANewTask(URI base) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve("/api/tasks"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"through a proxy\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }
}
