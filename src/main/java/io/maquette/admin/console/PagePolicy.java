package io.maquette.admin.console;

import io.maquette.http.HttpFilter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import org.primefaces.context.PrimeFacesContext;

/** Content security policy that permits only the scripts that PrimeFaces writes into the page. */
@Named
@RequestScoped
public class PagePolicy {

  /** Sets the policy header of the page in progress. */
  public void apply() {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces
        .getExternalContext()
        .setResponseHeader(HttpFilter.POLICY, HttpFilter.forConsole(getNonce()));
  }

  /** Returns the nonce that inline scripts of the page must carry. */
  public String getNonce() {
    return PrimeFacesContext.getCspState(FacesContext.getCurrentInstance()).getNonce();
  }
}
