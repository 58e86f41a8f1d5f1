package io.maquette.platform;

import java.util.Objects;

/**
 * This node among those on the same database.
 *
 * @param name in leases and histories
 * @param exclusive whether it cannot have any others beside it
 */
public record Node(String name, boolean exclusive) {
  public Node {
    Objects.requireNonNull(name, "name");
  }
}
