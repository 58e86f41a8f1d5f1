package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FileAnswerTest {

  private static final int SIZE = 100_000;

  private final AtomicBoolean closed = new AtomicBoolean();

  @Test
  void a_whole_file_is_sent() throws IOException {
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    send(new byte[SIZE], client);
    assertThat(client.size()).isEqualTo(SIZE);
    assertThat(closed).isTrue();
  }

  @Test
  void a_client_that_hangs_up_ends_the_response_without_an_error() throws IOException {
    send(
        new byte[SIZE],
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        });
    assertThat(closed).isTrue();
  }

  @Test
  void a_file_that_cannot_be_read_to_its_end_is_an_error() {
    assertThatThrownBy(() -> send(new byte[SIZE - 1], OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage("file ended early");
    assertThat(closed).isTrue();
  }

  private void send(byte[] file, OutputStream client) throws IOException {
    InputStream content =
        new ByteArrayInputStream(file) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (Response response =
        new FileAnswer("\"tag\"", SIZE, "image/png", Map.of(), offset -> content)
            .to(get())
            .build()) {
      ((StreamingOutput) response.getEntity()).write(client);
    }
  }

  /** Returns a GET request without headers. */
  private static HttpServletRequest get() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FileAnswerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> method.getName().equals("getMethod") ? "GET" : null);
  }
}
