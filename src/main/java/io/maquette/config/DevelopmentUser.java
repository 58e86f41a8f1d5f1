package io.maquette.config;

/** The only user while {@code maquette.auth=dev}. */
public final class DevelopmentUser {

  /** The user's name, which is the owner of all tasks. */
  public static final String NAME = "dev";

  private DevelopmentUser() {}
}
