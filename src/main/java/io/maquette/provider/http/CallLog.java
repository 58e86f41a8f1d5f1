package io.maquette.provider.http;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Filter that logs calls at the level FINE: method, host and path, status and duration. Headers and
 * contents, and with them keys, prompts and pictures, are never logged.
 */
public class CallLog implements ClientRequestFilter, ClientResponseFilter {

  private static final Logger LOG = Logger.getLogger(CallLog.class.getName());
  private static final String SENT_AT = CallLog.class.getName();

  @Override
  public void filter(ClientRequestContext request) {
    request.setProperty(SENT_AT, System.nanoTime());
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (request.getProperty(SENT_AT) instanceof Long sentAt) {
      LOG.fine(
          () ->
              request.getMethod()
                  + " "
                  + request.getUri().getHost()
                  + request.getUri().getPath()
                  + ": "
                  + response.getStatus()
                  + " after "
                  + Duration.ofNanos(System.nanoTime() - sentAt).toMillis()
                  + " ms");
    }
  }
}
