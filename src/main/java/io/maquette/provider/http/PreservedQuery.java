package io.maquette.provider.http;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.UriBuilder;

/**
 * Request filter that adds the query of the base address, such as Azure's {@code api-version}, to
 * each call.
 */
final class PreservedQuery implements ClientRequestFilter {

  private final String query;

  PreservedQuery(String query) {
    this.query = query;
  }

  @Override
  public void filter(ClientRequestContext request) {
    String own = request.getUri().getRawQuery();
    request.setUri(
        UriBuilder.fromUri(request.getUri())
            .replaceQuery(own == null ? query : query + "&" + own)
            .build());
  }
}
