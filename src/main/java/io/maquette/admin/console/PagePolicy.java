package io.maquette.admin.console;

import io.maquette.http.HttpFilter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import org.primefaces.context.PrimeFacesContext;

/** Lets the scripts of a page run that PrimeFaces has written into it, and no others. */
@Named
@RequestScoped
public class PagePolicy {

  /** Sets the policy for the page that is about to be written. */
  public void apply() {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces
        .getExternalContext()
        .setResponseHeader(HttpFilter.POLICY, HttpFilter.forConsole(getNonce()));
  }

  /** What a script that stands in the page has to carry. */
  public String getNonce() {
    return PrimeFacesContext.getCspState(FacesContext.getCurrentInstance()).getNonce();
  }
}
