package io.maquette.it.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A server that applications come to and go from while it runs. */
public abstract class ManagedServer extends Server {

  ManagedServer(ProcessHandle process, URI base, URI health, Path log) {
    super(process, base, health, log);
  }

  /** How long the first deployment took; zero if this start found the application deployed. */
  public abstract Duration deployment();

  /** Puts the WAR in the place of the one that is deployed; returns when it answers. */
  public abstract void redeploy(Path war) throws IOException, InterruptedException;

  /** Takes the application away. */
  public abstract void undeploy() throws IOException, InterruptedException;
}
