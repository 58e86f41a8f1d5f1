package io.maquette.security.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Group claims of a token, read at the configured paths. One operator group among them makes the
 * caller an operator.
 */
final class GroupClaims {

  private final List<String> paths;
  private final Set<String> operatorGroups;

  GroupClaims(Settings settings) {
    paths = settings.get(Setting.JWT_GROUPS_CLAIM);
    operatorGroups =
        settings.get(Setting.JWT_OPERATOR_GROUPS).stream()
            // Keycloak writes a top-level group as a path
            .flatMap(group -> Stream.of(group, "/" + group))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns whether one of the token's groups is an operator group. */
  boolean makeOperator(JWTClaimsSet claims) {
    return paths.stream()
        .map(path -> find(claims.getClaims(), path))
        .filter(Objects::nonNull)
        .flatMap(GroupClaims::texts)
        .anyMatch(operatorGroups::contains);
  }

  /** Returns whether the token has one of the configured claims, with any value. */
  boolean isIn(JWTClaimsSet claims) {
    return paths.stream().anyMatch(path -> find(claims.getClaims(), path) != null);
  }

  /** Returns the configured claims for a log line. */
  String names() {
    return String.join(", ", paths);
  }

  /**
   * Finds the value at a path. A claim's name may itself contain separators, as {@code
   * https://maquette.example/roles} does. The longest existing name therefore wins.
   *
   * @param path names of nested claims, separated by "." or "/"
   * @return null if no value exists
   */
  private static Object find(Map<?, ?> claims, String path) {
    Object value = claims.get(path);
    for (int end = path.length() - 1; value == null && end > 0; end--) {
      boolean isSeparator = path.charAt(end) == '.' || path.charAt(end) == '/';
      if (isSeparator && claims.get(path.substring(0, end)) instanceof Map<?, ?> nested) {
        value = find(nested, path.substring(end + 1));
      }
    }
    return value;
  }

  /**
   * Returns the group names of a claim: its text, or the texts of its list; other types have none.
   */
  private static Stream<String> texts(Object value) {
    Stream<?> values = value instanceof Collection<?> several ? several.stream() : Stream.of(value);
    return values.filter(String.class::isInstance).map(String.class::cast);
  }
}
