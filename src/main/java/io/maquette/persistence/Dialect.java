package io.maquette.persistence;

import java.sql.Connection;
import java.sql.SQLException;

/** Kind of database, where H2 and PostgreSQL need different statements. */
public enum Dialect {
  /**
   * H2 locks every row that a {@code select ... for update} looks at before it sorts and limits
   * them, and each lock is a write to the file. Rows to lock are therefore named by their ids.
   */
  H2,
  /** PostgreSQL locks the rows that a {@code select ... limit ... for update} returns. */
  POSTGRESQL;

  /**
   * Returns the kind of the connected database.
   *
   * @throws SQLException if the connection is closed
   */
  public static Dialect of(Connection connection) throws SQLException {
    return "H2".equals(connection.getMetaData().getDatabaseProductName()) ? H2 : POSTGRESQL;
  }
}
