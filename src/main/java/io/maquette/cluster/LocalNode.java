package io.maquette.cluster;

import java.util.Objects;

/** This node among those on the same database. */
public final class LocalNode {

  private final boolean exclusive;
  private volatile String name;

  /**
   * A node.
   *
   * @param name in leases and histories
   * @param exclusive whether it cannot have any others beside it
   */
  public LocalNode(String name, boolean exclusive) {
    this.name = Objects.requireNonNull(name, "name");
    this.exclusive = exclusive;
  }

  /** In leases and histories; another one than the settings have where that is taken. */
  public String name() {
    return name;
  }

  public boolean exclusive() {
    return exclusive;
  }

  public void rename(String other) {
    name = other;
  }
}
