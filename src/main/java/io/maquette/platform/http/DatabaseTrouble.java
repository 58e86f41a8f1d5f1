package io.maquette.platform.http;

import jakarta.resource.ResourceException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that cannot be reached from a statement it refuses. */
final class DatabaseTrouble {

  /** Number out of range, bad or impossible time, character that cannot be stored. */
  private static final Set<String> REFUSED_VALUES = Set.of("22003", "22007", "22008", "22021");

  private DatabaseTrouble() {}

  /** Whether the failure came about because there was no talking to the database. */
  static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || (cause instanceof SQLException sql && isConnectionState(sql.getSQLState()))
          || cause instanceof ResourceException // a server's pool that gets no connection
          || cause instanceof SystemException) { // Payara, where it was lost during the commit
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the database refuses a value of the request: a zero character, a time or a number that
   * it cannot hold. Fields are checked before; this is for what no check thought of.
   */
  static boolean isRefusedValue(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && REFUSED_VALUES.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Class 08 is the standard's; 57P is PostgreSQL going down, starting up, ending sessions. */
  private static boolean isConnectionState(String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }
}
