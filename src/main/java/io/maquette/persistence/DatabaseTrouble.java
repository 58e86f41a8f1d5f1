package io.maquette.persistence;

import jakarta.resource.ResourceException;
import jakarta.transaction.SystemException;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;

/** Classifier of database failures: an outage, or a statement that the database refuses. */
public final class DatabaseTrouble {

  /**
   * Prefixes of SQL states of an outage, by source:
   *
   * <ul>
   *   <li>SQL standard: 08 no connection.
   *   <li>PostgreSQL, Appendix A: 25006 read-only transaction, 53 no disk space, memory or
   *       connections, 57P shutting down or starting, 58 I/O error.
   *   <li>H2, ErrorCode: 90007 statement of an ended session, 90020 file in use, 90028 and 90031
   *       I/O error, 90067 connection broken, 90097 read-only, 90098 and 90121 closed.
   * </ul>
   */
  private static final List<String> STATES =
      List.of(
          "08", "25006", "53", "57P", "58", "90007", "90020", "90028", "90031", "90067", "90097",
          "90098", "90121");

  /** Number out of range, bad or impossible time, character that cannot be stored. */
  private static final Set<String> REFUSED_VALUES = Set.of("22003", "22007", "22008", "22021");

  private static final Pattern FAILED_FILE = Pattern.compile("\\[[0-9.]+/[1247]]");
  private static final int LONGEST = 200;

  /** Maximum number of causes examined, because a chain of causes can be circular. */
  private static final int MAX_CAUSES = 20;

  private DatabaseTrouble() {}

  /** Returns whether an outage of the database caused the failure. */
  public static boolean isBehind(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause
                        instanceof SQLClientInfoException // Payara's pool resets a lost connection
                    || (cause instanceof SQLException sql && isStateOfTrouble(sql.getSQLState()))
                    || cause instanceof ResourceException // the server's pool gets no connection
                    // Payara, which states the outage only in the message
                    || cause instanceof XAException
                    // Payara, after a connection lost during the commit
                    || cause instanceof SystemException
                    || isFailedFile(cause));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }

  /**
   * Returns whether the database refuses a value of the request: a zero character, or a time or
   * number out of its range. Fields are validated before; this covers values without a validation.
   */
  public static boolean isRefusedValue(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && REFUSED_VALUES.contains(sql.getSQLState()));
  }

  private static boolean isStateOfTrouble(String state) {
    return state != null && STATES.stream().anyMatch(state::startsWith);
  }

  /**
   * Returns whether H2's file store could not read, write or lock the file, or is closed (1, 2, 7,
   * 4 in DataUtils). The class is matched by name, because the server's H2 may not be visible here.
   */
  private static boolean isFailedFile(Throwable cause) {
    return cause.getClass().getName().equals("org.h2.mvstore.MVStoreException")
        && FAILED_FILE.matcher(String.valueOf(cause.getMessage())).find();
  }

  /** Returns the first line of the root cause, for logs; it contains no values. */
  static String rootOf(Throwable failure) {
    Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
    String text = String.valueOf(root.getMessage()).strip().lines().findFirst().orElse("");
    String shown = root.getMessage() == null ? root.getClass().getSimpleName() : text;
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
  }
}
