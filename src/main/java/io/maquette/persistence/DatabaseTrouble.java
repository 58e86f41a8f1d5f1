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

/** Distinguishes a database that cannot work now from a statement it refuses. */
public final class DatabaseTrouble {

  /**
   * Beginnings of SQL states. 08: no connection (SQL standard). 25006: read-only transaction, 53:
   * no disk space, memory or connections, 57P: shutting down or starting, 58: I/O error
   * (PostgreSQL, Appendix A). 90007: statement of an ended session, 90020: file in use, 90028 and
   * 90031: I/O error, 90067: connection broken, 90097: read-only, 90098 and 90121: closed (H2,
   * ErrorCode).
   */
  private static final List<String> STATES =
      List.of(
          "08", "25006", "53", "57P", "58", "90007", "90020", "90028", "90031", "90067", "90097",
          "90098", "90121");

  /** Number out of range, bad or impossible time, character that cannot be stored. */
  private static final Set<String> REFUSED_VALUES = Set.of("22003", "22007", "22008", "22021");

  private static final Pattern FAILED_FILE = Pattern.compile("\\[[0-9.]+/[1247]]");
  private static final int LONGEST = 200;

  /** How many causes are looked at; a chain of causes can be a ring. */
  private static final int MAX_CAUSES = 20;

  private DatabaseTrouble() {}

  /** Whether the failure came about because the database could not be used. */
  public static boolean isBehind(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause
                        instanceof SQLClientInfoException // Payara's pool resets a lost connection
                    || (cause instanceof SQLException sql && isStateOfTrouble(sql.getSQLState()))
                    || cause instanceof ResourceException // a server's pool that gets no connection
                    || cause instanceof XAException // Payara, where it says so in the message alone
                    || cause instanceof SystemException // Payara, where it was lost in the commit
                    || isFailedFile(cause));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }

  /**
   * Whether the database refuses a value of the request: a zero character, a time or a number that
   * it cannot hold. Fields are checked before; this is for values that no check covers.
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
   * H2's file store could not read, write or lock the file, or is closed (1, 2, 7, 4 in DataUtils).
   * The class is known by its name, as the server's H2 need not be visible here.
   */
  private static boolean isFailedFile(Throwable cause) {
    return cause.getClass().getName().equals("org.h2.mvstore.MVStoreException")
        && FAILED_FILE.matcher(String.valueOf(cause.getMessage())).find();
  }

  /** Returns the first line of what the failure came from, for logs; it holds no values. */
  static String rootOf(Throwable failure) {
    Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
    String text = String.valueOf(root.getMessage()).strip().lines().findFirst().orElse("");
    String shown = root.getMessage() == null ? root.getClass().getSimpleName() : text;
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
  }
}
