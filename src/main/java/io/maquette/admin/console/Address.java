package io.maquette.admin.console;

import jakarta.faces.context.FacesContext;

/**
 * What the address of a page asks for. It is read when it is needed: what is shown, and so what a
 * form can do, is decided before Faces would hand parameters of views over.
 */
final class Address {

  private Address() {}

  /** A parameter without spaces around it; null if there is nothing else, as in empty fields. */
  static String text(String name) {
    String asked =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap().get(name);
    return asked == null || asked.isBlank() ? null : asked.strip();
  }

  /** A number from 0; null if it is none. */
  static Long number(String name) {
    String text = text(name);
    return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
