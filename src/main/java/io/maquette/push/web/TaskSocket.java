package io.maquette.push.web;

import io.maquette.task.web.Parameters;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.UUID;

/** WebSocket endpoint for the changes of one task. */
@ServerEndpoint(value = "/ws/tasks/{id}", configurator = SocketHandshake.class)
public class TaskSocket extends TasksSocket {

  @Override
  UUID taskId(Session session) {
    return Parameters.id(session.getPathParameters().get("id"));
  }
}
