package io.maquette.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Native SQL on the current transaction's connection, for statements of every step, which
 * EclipseLink would parse each time. Pending changes of entities in the transaction are not yet in
 * the database.
 */
public final class Sql {

  /** Function that reads a row. */
  @FunctionalInterface
  public interface Row<T> {
    T of(ResultSet columns) throws SQLException;
  }

  private Sql() {}

  /** Returns the kind of database that the transaction works on. */
  public static Dialect dialect(EntityManager entities) {
    try {
      return Dialect.of(entities.unwrap(Connection.class));
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /** Runs a query and reads its rows. */
  public static <T> List<T> rows(
      EntityManager entities, String query, List<?> parameters, Row<? extends T> row) {
    try (PreparedStatement statement = prepared(entities, query, parameters);
        ResultSet columns = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (columns.next()) {
        rows.add(row.of(columns));
      }
      return rows;
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /** Runs a query whose result is one number, e.g. a count of rows. */
  public static int number(EntityManager entities, String query, Object... parameters) {
    return rows(entities, query, List.of(parameters), columns -> columns.getInt(1)).get(0);
  }

  /**
   * Changes rows.
   *
   * @return their number
   */
  public static int update(EntityManager entities, String update, List<?> parameters) {
    try (PreparedStatement statement = prepared(entities, update, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /**
   * Takes the next numbers of a sequence for new rows, in ascending order and in one statement.
   * They are taken at the time of writing, not reserved in blocks. The rows of a task are therefore
   * numbered in the order of writing, across nodes.
   *
   * @param sequence e.g. {@code task_event_number}
   * @param count not negative
   */
  public static long[] nextNumbers(EntityManager entities, String sequence, int count) {
    if (count == 0) {
      return new long[0];
    }
    return rows(
            entities,
            "select nextval('"
                + sequence
                + "') from (values (0)"
                + ", (0)".repeat(count - 1)
                + ") numbers",
            List.of(),
            columns -> columns.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }

  private static PreparedStatement prepared(EntityManager entities, String sql, List<?> parameters)
      throws SQLException {
    PreparedStatement statement = prepare(entities, sql);
    for (int i = 0; i < parameters.size(); i++) {
      bind(statement, i + 1, Types.VARCHAR, parameters.get(i));
    }
    return statement;
  }

  static PreparedStatement prepare(EntityManager entities, String sql) throws SQLException {
    return entities.unwrap(Connection.class).prepareStatement(sql);
  }

  /**
   * Sets a parameter.
   *
   * @param type a constant of {@link Types}, used for a null value, so that the statement stays the
   *     same
   * @param value a UUID, a time, a constant of an enumeration or a type that JDBC supports
   */
  static void bind(PreparedStatement statement, int parameter, int type, Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, type);
    } else if (value instanceof Instant time) {
      statement.setObject(parameter, time.atOffset(ZoneOffset.UTC));
    } else if (value instanceof Enum<?> constant) {
      statement.setString(parameter, constant.name());
    } else {
      statement.setObject(parameter, value);
    }
  }
}
