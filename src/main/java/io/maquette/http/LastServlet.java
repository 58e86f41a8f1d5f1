package io.maquette.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.microprofile.health.Readiness;

/**
 * Servlet without an address, which the server loads last. Once it is loaded, the servlets that
 * serve pages are loaded too.
 */
public class LastServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject @Readiness private transient PagesHealth pages;

  @Override
  public void init() {
    pages.areThere();
  }
}
