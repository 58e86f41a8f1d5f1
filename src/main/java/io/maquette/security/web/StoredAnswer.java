package io.maquette.security.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Response that buffers its body, so that a filter can change it. The body must be small. */
final class StoredAnswer extends HttpServletResponseWrapper {

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final PrintWriter writer =
      new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
  private final ServletOutputStream stream =
      new ServletOutputStream() {
        @Override
        public void write(int oneByte) {
          body.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          body.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new IllegalStateException("the body is stored");
        }
      };

  StoredAnswer(HttpServletResponse response) {
    super(response);
  }

  String text() {
    writer.flush();
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    return writer;
  }

  @Override
  public void setContentLength(int length) {
    // the changed body has another length
  }

  @Override
  public void setContentLengthLong(long length) {
    // the changed body has another length
  }

  @Override
  public void flushBuffer() {
    // the filter sends the body later
  }

  @Override
  public void resetBuffer() {
    writer.flush();
    body.reset();
  }
}
