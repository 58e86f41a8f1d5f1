package io.maquette.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Permission of an API key, within the role of its owner. */
public enum Scope {
  /** Reads. */
  READ,
  /** Creates and changes. */
  WRITE,
  /** Performs operator actions; only an operator's key can have it. */
  ADMIN;

  /** All scopes. */
  public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

  /**
   * Parses names separated by spaces.
   *
   * @throws IllegalArgumentException if the text has no name, an unknown one, or one twice
   */
  public static Set<Scope> parse(String text) {
    String[] names = text.split(" ", -1);
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : names) {
      scopes.add(
          Arrays.stream(values())
              .filter(scope -> scope.text().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no scope: " + name)));
    }
    if (scopes.size() < names.length) {
      throw new IllegalArgumentException("twice");
    }
    return scopes;
  }

  /** Returns the names in the form that {@link #parse} reads. */
  public static String format(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
