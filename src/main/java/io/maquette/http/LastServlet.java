package io.maquette.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.microprofile.health.Readiness;

/** Has no address; a server that loads it, as the last one, has loaded whatever serves pages. */
public class LastServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject @Readiness private transient PagesHealth pages;

  @Override
  public void init() {
    pages.areThere();
  }
}
