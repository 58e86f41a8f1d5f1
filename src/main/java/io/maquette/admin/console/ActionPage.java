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

/** Base class of page beans with actions. */
public abstract class ActionPage {

  @Inject private CurrentUser user;
  @Inject private Validator validator;

  private final Map<String, String> fields = new HashMap<>();
  private String reason;

  /** Returns the values of a form's fields by name; null for an empty field. */
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
   * Performs an action and shows its result as a message.
   *
   * @param request the API's request for the same action; the action runs only if its constraints
   *     hold
   * @param message key of the message after success
   */
  boolean act(Object request, String message, Runnable work) {
    try {
      check(request);
      work.run();
    } catch (RuntimeException e) {
      show(FacesMessage.SEVERITY_ERROR, ErrorMessages.textOf(e));
      return false;
    } finally {
      clear();
    }
    show(FacesMessage.SEVERITY_INFO, Messages.ofRequest().get(message));
    return true;
  }

  /**
   * Discards cached data, which the action may have changed. Beans cache it, because pages read
   * each value several times.
   */
  void clear() {}

  private void check(Object request) {
    Set<? extends ConstraintViolation<?>> violations = validator.validate(request);
    if (!violations.isEmpty()) {
      throw ProblemException.ofViolations(violations);
    }
  }

  /** Runs a query and shows a rejection as a message. */
  void look(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      show(FacesMessage.SEVERITY_ERROR, ErrorMessages.textOf(e));
    }
  }

  /** Parses a whole number of a form; null for an empty field. */
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

  static void show(FacesMessage.Severity severity, String text) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
  }

  /** Redirects to another page of the console. */
  static void show(String page) {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    try {
      external.redirect(external.getRequestContextPath() + "/console/" + page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
