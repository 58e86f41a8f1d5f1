package io.maquette.push.web;

import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.push.ChangeScope;
import io.maquette.push.StreamPosition;
import io.maquette.security.Caller;
import io.maquette.security.Scope;
import io.maquette.task.TaskException;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * WebSocket endpoint for the changes of all the user's tasks; it sends the same messages as {@link
 * EventStreams}.
 */
@ServerEndpoint(value = "/ws/tasks", configurator = SocketHandshake.class)
public class TasksSocket {

  private static final Logger LOG = Logger.getLogger(TasksSocket.class.getName());

  /** Maximum length of an incoming message; clients are not expected to send any. */
  private static final int MAX_INCOMING = 1024;

  @Inject private PushClients clients;
  private volatile PushClient client;

  @OnOpen
  public void open(Session session) {
    Map<String, Object> kept = session.getUserProperties();
    if (!SocketHandshake.isFromSameHost(kept)) {
      refuse(
          session,
          CloseCodes.VIOLATED_POLICY,
          "page of another host; a proxy must pass on Host with its port, or X-Forwarded-Host");
      return;
    }
    Optional<Caller> user =
        SocketHandshake.user(kept).filter(caller -> caller.scopes().contains(Scope.READ));
    if (user.isEmpty()) {
      refuse(session, CloseCodes.VIOLATED_POLICY, ProblemCode.UNAUTHENTICATED.name());
      return;
    }
    session.setMaxTextMessageBufferSize(MAX_INCOMING);
    session.setMaxIdleTimeout(0); // heartbeats detect disconnected clients
    try {
      StreamPosition from = EventStreams.position("lastEventId", parameter(session, "lastEventId"));
      ChangeScope scope = clients.admit(user.get().owner(), taskId(session));
      client =
          clients.connect(scope, new SocketChannel(session), SocketHandshake.texts(kept), from);
    } catch (TaskException.NotFound e) {
      refuse(session, CloseCodes.VIOLATED_POLICY, "NOT_FOUND");
    } catch (ProblemException e) {
      refuse(
          session,
          e.problem().status() < 500 ? CloseCodes.VIOLATED_POLICY : CloseCodes.TRY_AGAIN_LATER,
          e.problem().code());
    }
  }

  /**
   * Refuses a connection after it is open. If it is closed earlier, Payara confuses it with later
   * connections.
   */
  private void refuse(Session session, CloseReason.CloseCode code, String reason) {
    clients.refuse(() -> SocketChannel.close(session, code, reason));
  }

  /** Returns the id of the only task; null for all tasks. */
  UUID taskId(Session session) {
    return null;
  }

  private static String parameter(Session session, String name) {
    List<String> values = session.getRequestParameterMap().get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  @OnMessage
  public void refuse(String message, Session session) {
    SocketChannel.close(session, CloseCodes.CANNOT_ACCEPT, "this socket accepts no messages");
  }

  @OnClose
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  @OnError
  public void fail(Throwable failure) {
    LOG.log(Level.FINE, "A WebSocket failed; its client reconnects", failure);
    close();
  }
}
