package io.maquette.platform.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers for whatever fails outside the resources, in the same form as they do. */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = Logger.getLogger(ErrorServlet.class.getName());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object reported = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = reported instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
    ProblemCode code = ProblemCode.ofStatus(status);
    Texts texts = Texts.accepting(request.getHeader("Accept-Language"));
    Object details = null;
    String argument = "";
    if (code == ProblemCode.UNKNOWN_ERROR) {
      argument = UUID.randomUUID().toString();
      details = new ProblemMappers.Reference(argument);
      LOG.log(
          Level.SEVERE,
          "Request failed; it was told " + argument,
          (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    }
    Problem problem =
        Problem.of(code, status, texts.get("problem." + code, argument).strip(), details);
    byte[] body = JsonFormat.write(problem).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(body);
    }
  }
}
