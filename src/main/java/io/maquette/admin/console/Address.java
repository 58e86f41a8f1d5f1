package io.maquette.admin.console;

import jakarta.faces.context.FacesContext;

/**
 * Parameters in the address of a page. They are read on demand, because Faces sets view parameters
 * too late: the page decides before that which forms and rows it has.
 */
final class Address {

  private Address() {}

  /**
   * Returns a parameter without surrounding spaces; null if absent or blank, as for empty fields.
   */
  static String text(String name) {
    String value =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap().get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Returns a parameter as a number from 0; null if it is not such a number. */
  static Long number(String name) {
    String text = text(name);
    return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
