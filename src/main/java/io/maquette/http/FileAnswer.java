package io.maquette.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Response with an immutable file: whole, in part, or without content if the client has it already
 * (RFC 9110, sections 13 and 14).
 *
 * @param tag its strong entity tag
 * @param size in bytes
 * @param mediaType its media type
 * @param headers further headers, not sent with an error
 * @param content opens the file
 */
public record FileAnswer(
    String tag, long size, String mediaType, Map<String, String> headers, Content content) {

  private static final Logger LOG = Logger.getLogger(FileAnswer.class.getName());
  private static final int CHUNK = 16 << 10;

  /** Function that opens the file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Opens the file at a position.
     *
     * @throws NoSuchFileException if the file no longer exists
     * @throws IOException if the file cannot be read now
     */
    InputStream from(long offset) throws IOException;
  }

  /**
   * Answers a GET or HEAD request.
   *
   * @param request the server's own request, because JAX-RS may show a HEAD as the GET that answers
   *     it
   */
  public Response.ResponseBuilder to(HttpServletRequest request) {
    if (ETags.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      return tagged(Response.notModified());
    }
    if (request.getMethod().equals(HttpMethod.HEAD)) { // ranges do not apply to HEAD
      return head();
    }
    String ifRange = request.getHeader("If-Range");
    try {
      Optional<ByteRange> part =
          ifRange == null || ifRange.equals(tag)
              ? ByteRange.in(request.getHeader("Range"), size)
              : Optional.empty();
      return part.isPresent() ? part(part.get()) : whole();
    } catch (ByteRange.NotSatisfiableException e) {
      return Problem.of(
              ProblemCode.RANGE_NOT_SATISFIABLE,
              Messages.ofRequest().get("problem.RANGE_NOT_SATISFIABLE", size),
              null)
          .toResponse()
          .header("Content-Range", "bytes */" + size);
    } catch (NoSuchFileException e) { // replaced or deleted after its row was read
      throw new ProblemException(ProblemCode.NOT_FOUND);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A file could not be opened", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  /**
   * Answers like a GET without content; it opens the file, so that an unreadable file is not
   * announced.
   */
  private Response.ResponseBuilder head() {
    try {
      content.from(0).close();
      return described(Response.ok(), size);
    } catch (NoSuchFileException e) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A file could not be opened", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  private Response.ResponseBuilder whole() throws IOException {
    InputStream bytes = content.from(0);
    return described(Response.ok((StreamingOutput) out -> copy(bytes, out, size)), size);
  }

  private Response.ResponseBuilder part(ByteRange range) throws IOException {
    InputStream bytes = content.from(range.first());
    return described(
            Response.status(Response.Status.PARTIAL_CONTENT)
                .entity((StreamingOutput) out -> copy(bytes, out, range.length())),
            range.length())
        .header("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
  }

  private Response.ResponseBuilder described(Response.ResponseBuilder answer, long length) {
    return tagged(answer)
        .type(mediaType)
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.CONTENT_LENGTH, length);
  }

  private Response.ResponseBuilder tagged(Response.ResponseBuilder answer) {
    headers.forEach(answer::header);
    return answer.header(HttpHeaders.ETAG, tag);
  }

  /**
   * Copies a part of the file. A client that hangs up ends the copy without an exception: servers
   * log the exception of a response that has begun as an error, with its stack trace.
   *
   * @throws IOException if the file cannot be read
   */
  private static void copy(InputStream content, OutputStream out, long length) throws IOException {
    try (content) {
      byte[] chunk = new byte[CHUNK];
      long left = length;
      while (left > 0) {
        int read = content.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          throw new IOException("file ended early");
        }
        try {
          out.write(chunk, 0, read);
        } catch (IOException e) {
          LOG.log(Level.FINE, "A client hung up before the end of a file", e);
          return;
        }
        left -= read;
      }
    }
  }
}
