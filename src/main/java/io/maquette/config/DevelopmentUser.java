package io.maquette.config;

/** The one user there is while {@code maquette.auth=dev}. */
public final class DevelopmentUser {

  /** The name tasks are owned under. */
  public static final String NAME = "dev";

  private DevelopmentUser() {}
}
