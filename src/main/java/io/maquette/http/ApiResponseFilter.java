package io.maquette.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Response filter of the API. It marks responses as private and, unless a response says otherwise,
 * as not to be stored. Responses with texts vary by language.
 */
@Provider
public class ApiResponseFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of("no-store"));
    if (hasTexts(response.getMediaType())) {
      response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    }
  }

  /**
   * Returns whether a response contains texts. Files are the same in every language; an empty
   * response varies like the one that it replaces.
   */
  private static boolean hasTexts(MediaType type) {
    return type == null || type.getSubtype().endsWith("json");
  }
}
