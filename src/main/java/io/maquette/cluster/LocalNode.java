package io.maquette.cluster;

import java.util.Objects;

/** Identity of this node among the nodes that share the database. */
public final class LocalNode {

  private final boolean exclusive;
  private volatile String name;

  /**
   * Creates a node.
   *
   * @param name its name in leases and in the history
   * @param exclusive whether no other node can use the same database
   */
  public LocalNode(String name, boolean exclusive) {
    this.name = Objects.requireNonNull(name, "name");
    this.exclusive = exclusive;
  }

  /**
   * Returns the name in leases and in the history. It differs from the settings if another node
   * uses that name.
   */
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
