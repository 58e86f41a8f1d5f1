package io.maquette.admin.console;

import io.maquette.http.Messages;
import io.maquette.http.ProblemException;
import io.maquette.security.CurrentUser;
import io.maquette.security.Operator;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the beans of all pages have on which something can be done. */
public abstract class ActionPage {

  @Inject private CurrentUser user;
  @Inject private Validator validator;

  private final Map<String, String> fields = new HashMap<>();
  private String reason;

  /** What the fields of a form say, by their names; null where one is empty. */
  public Map<String, String> getFields() {
    return fields;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  Operator operator() {
    return user.operator();
  }

  /**
   * Does something, and tells whether it was done.
   *
   * @param request the same as the API is sent for it, by whose constraints it is refused
   * @param message key of the text that says it was done
   */
  boolean act(Object request, String message, Runnable work) {
    try {
      check(request);
      work.run();
    } catch (RuntimeException e) {
      tell(FacesMessage.SEVERITY_ERROR, ErrorMessages.textOf(e));
      return false;
    } finally {
      forget();
    }
    tell(FacesMessage.SEVERITY_INFO, Messages.ofRequest().get(message));
    return true;
  }

  /**
   * Forgets what was read, which may be another now. Pages ask for the same again and again, and
   * read it once.
   */
  void forget() {}

  private void check(Object request) {
    Set<? extends ConstraintViolation<?>> violations = validator.validate(request);
    if (!violations.isEmpty()) {
      throw ProblemException.ofViolations(violations);
    }
  }

  /** Looks at something, which may be refused. */
  void look(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      tell(FacesMessage.SEVERITY_ERROR, ErrorMessages.textOf(e));
    }
  }

  /** A whole number that was typed; null for none. */
  Integer whole(String field, String problem) {
    String text = fields.get(field);
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw ProblemException.ofField(field, problem);
    }
    return Integer.valueOf(text);
  }

  static void tell(FacesMessage.Severity severity, String text) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
  }

  /** Shows another page of the console. */
  static void show(String page) {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    try {
      external.redirect(external.getRequestContextPath() + "/console/" + page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
