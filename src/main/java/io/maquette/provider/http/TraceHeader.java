package io.maquette.provider.http;

import io.maquette.telemetry.Traceparent;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/**
 * Request filter that adds W3C's Trace Context, unless the server does: Payara always does, WildFly
 * only for clients that it injects.
 */
@Priority(Priorities.USER + 1_000)
final class TraceHeader implements ClientRequestFilter {

  @Override
  public void filter(ClientRequestContext request) {
    String place = Traceparent.current();
    if (place != null && !request.getHeaders().containsKey(Traceparent.HEADER)) {
      request.getHeaders().putSingle(Traceparent.HEADER, place);
    }
  }
}
