package io.maquette.admin.console;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * View handler that keeps the query string in the action URL of forms, because views keep no state.
 */
public class ViewUrl extends ViewHandlerWrapper {

  public ViewUrl(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public String getActionURL(FacesContext context, String viewId) {
    String address = super.getActionURL(context, viewId);
    String query =
        ((HttpServletRequest) context.getExternalContext().getRequest()).getQueryString();
    boolean own = context.getViewRoot() != null && viewId.equals(context.getViewRoot().getViewId());
    return own && query != null ? address + "?" + query : address;
  }
}
