package io.maquette.provider.http;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An answer, where what its headers tell is wanted, too.
 *
 * @param content its body
 * @param requestId what the provider's support asks for; null if it told none
 */
public record Answered<T>(T content, String requestId) {

  /**
   * Reads an answer, and closes it.
   *
   * @return null if it is empty
   */
  public static <T> Answered<T> read(Response answer, Class<T> type) {
    try (answer) {
      T content = answer.readEntity(type);
      return content == null ? null : new Answered<>(content, requestIdOf(answer));
    }
  }

  /** The header that names a request: OpenAI's and those like it, or SiliconFlow's. */
  static String requestIdOf(Response answer) {
    return Stream.of("x-request-id", "x-siliconcloud-trace-id")
        .map(answer::getHeaderString)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
