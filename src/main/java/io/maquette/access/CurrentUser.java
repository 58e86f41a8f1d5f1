package io.maquette.access;

import io.maquette.platform.DevelopmentUser;
import jakarta.enterprise.context.RequestScoped;

/**
 * Who is calling. As long as there are no accounts ({@code maquette.auth=dev}), everybody is the
 * development user and everything belongs to that one.
 */
@RequestScoped
public class CurrentUser {

  /** The name tasks are owned under. */
  public String name() {
    return DevelopmentUser.NAME;
  }
}
