package io.maquette.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key lets its bearer do, of what its owner may. */
public enum Scope {
  /** Look. */
  READ,
  /** Change, too. */
  WRITE,
  /** Do what operators do; only an operator's key can have it. */
  ADMIN;

  /** All there are. */
  public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

  /**
   * Reads names with spaces between them.
   *
   * @throws IllegalArgumentException if there is none, or one that is not known or there twice
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

  /** The names, as {@link #parse} reads them. */
  public static String format(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
