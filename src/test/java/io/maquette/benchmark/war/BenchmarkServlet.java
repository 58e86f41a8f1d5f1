package io.maquette.benchmark.war;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Has {@code tasks} tasks done, or a part of them, and answers the nanoseconds it took. */
@WebServlet("/benchmark")
public class BenchmarkServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Makers makers;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int count = Integer.parseInt(request.getParameter("tasks"));
    try {
      switch (request.getParameter("step")) {
        case "pictures" -> makers.pictures(count);
        case "steady" -> makers.steady(count, Integer.parseInt(request.getParameter("rate")));
        case "models" -> response.getWriter().print(makers.models());
        default -> response.getWriter().print(makers.whole(count));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }
}
