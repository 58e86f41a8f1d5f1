package io.maquette.push.web;

import io.maquette.http.Messages;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.security.RequestOrigin;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handshake configurator that keeps request data for a WebSocket: the user, the language and the
 * origin of the page. Browsers let any page open a WebSocket to any host. Pages of other hosts are
 * refused.
 */
public class SocketHandshake extends ServerEndpointConfig.Configurator {

  private static final String USER = "maquette.user";
  private static final String TEXTS = "maquette.texts";
  private static final String SAME_HOST = "maquette.same-host";

  @Override
  public void modifyHandshake(
      ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
    Map<String, Object> kept = endpoint.getUserProperties();
    kept.put(USER, CDI.current().select(CurrentUser.class).get().find().orElse(null));
    String lang = first(request.getParameterMap().get("lang"));
    kept.put(TEXTS, Messages.accepting(lang == null ? header(request, "Accept-Language") : lang));
    kept.put(SAME_HOST, RequestOrigin.isOwn(name -> headers(request, name)));
  }

  private static String header(HandshakeRequest request, String name) {
    return first(headers(request, name));
  }

  private static List<String> headers(HandshakeRequest request, String name) {
    return request.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  private static String first(List<String> values) {
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** Returns the user who opened the WebSocket; empty if unknown. */
  static Optional<Caller> user(Map<String, Object> kept) {
    return Optional.ofNullable((Caller) kept.get(USER));
  }

  static Messages texts(Map<String, Object> kept) {
    return (Messages) kept.get(TEXTS);
  }

  static boolean isFromSameHost(Map<String, Object> kept) {
    return (Boolean) kept.get(SAME_HOST);
  }
}
