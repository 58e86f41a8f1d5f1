package io.maquette.security.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyGateTest {

  private final BodyGate gate =
      new BodyGate(
          Settings.read(
              name -> Optional.ofNullable(Map.of("maquette.http.bodies", "1").get(name))));

  @BeforeEach
  void init() {
    gate.init(null);
  }

  private static HttpServletRequest request(long length, String encoding) {
    return request("POST", "HTTP/1.1", length, encoding);
  }

  private static HttpServletRequest request(
      String verb, String protocol, long length, String encoding) {
    ServletInputStream body = body(new ByteArrayInputStream(new byte[10]));
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            BodyGateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentLengthLong" -> length;
                  case "getHeader" -> "Transfer-Encoding".equals(arguments[0]) ? encoding : null;
                  case "getMethod" -> verb;
                  case "getProtocol" -> protocol;
                  case "getInputStream" -> body;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static ServletInputStream body(InputStream content) {
    return new ServletInputStream() {
      @Override
      public int read() throws IOException {
        return content.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return content.read(into, offset, length);
      }

      @Override
      public boolean isFinished() {
        return false;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** Sends a request through the gate and returns its status; 200 if the gate admits it. */
  private int statusOf(HttpServletRequest request) throws Exception {
    return statusOf(request, (within, answer) -> {});
  }

  private int statusOf(HttpServletRequest request, FilterChain chain) throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    HttpServletResponse response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                BodyGateTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setStatus")) {
                    status.set((Integer) arguments[0]);
                  }
                  return method.getName().equals("getOutputStream") ? nowhere() : null;
                });
    gate.doFilter(request, response, chain);
    return status.get();
  }

  private static ServletOutputStream nowhere() {
    return new ServletOutputStream() {
      @Override
      public void write(int value) {}

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {}
    };
  }

  private void assertWhileReceiving(HttpServletRequest first, int others) throws Exception {
    AtomicBoolean called = new AtomicBoolean();
    FilterChain chain =
        (request, response) -> {
          called.set(true);
          request.getInputStream().readNBytes(9); // one byte has not arrived yet
          try {
            assertThat(statusOf(request(10, null))).as("another body").isEqualTo(others);
            assertThat(statusOf(request(0, null))).as("no body").isEqualTo(200);
            assertThat(statusOf(request(-1, null))).as("no body").isEqualTo(200);
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(statusOf(first, chain)).isEqualTo(200);
    assertThat(called).isTrue();
    assertThat(statusOf(request(10, null))).as("afterwards").isEqualTo(200);
  }

  @Test
  void a_body_beyond_the_limit_is_refused_and_other_requests_are_not() throws Exception {
    assertWhileReceiving(request(10, null), 503);
  }

  @Test
  void a_body_of_unknown_length_counts_until_its_end() throws Exception {
    assertWhileReceiving(request(-1, "chunked"), 503);
  }

  @Test
  void a_body_without_a_length_counts_in_http_2() throws Exception {
    assertWhileReceiving(request("POST", "HTTP/2.0", -1, null), 503);
    assertWhileReceiving(request("GET", "HTTP/2.0", -1, null), 200);
    assertWhileReceiving(request("HEAD", "HTTP/2.0", -1, null), 200);
    assertWhileReceiving(request("POST", "HTTP/2.0", 0, null), 200);
  }

  @Test
  void a_body_that_has_arrived_does_not_count_while_its_request_is_answered() throws Exception {
    assertWhileReceiving(request(9, null), 200);
  }

  @Test
  void a_request_that_fails_gives_its_place_back() throws Exception {
    for (int i = 0; i < 3; i++) {
      try {
        statusOf(
            request(10, null),
            (request, response) -> {
              throw new IOException("gone");
            });
      } catch (IOException e) {
        assertThat(e).hasMessage("gone");
      }
    }
    assertThat(statusOf(request(10, null))).isEqualTo(200);
  }
}
