package io.maquette.provider.http;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Answer together with data from its headers.
 *
 * @param content its body
 * @param requestId id that the provider's support asks for; null if the provider gave none
 */
public record Answered<T>(T content, String requestId) {

  /**
   * Reads an answer and closes it.
   *
   * @return null if it is empty
   */
  public static <T> Answered<T> read(Response answer, Class<T> type) {
    try (answer) {
      T content = answer.readEntity(type);
      return content == null ? null : new Answered<>(content, requestIdOf(answer));
    }
  }

  /** Returns the request id from the header of OpenAI and similar servers, SiliconFlow or Tripo. */
  static String requestIdOf(Response answer) {
    return Stream.of("x-request-id", "x-siliconcloud-trace-id", "x-tripo-trace-id")
        .map(answer::getHeaderString)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
