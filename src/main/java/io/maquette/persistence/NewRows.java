package io.maquette.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Bulk insert of rows that their transaction does not read again, many in one statement. The rows
 * are not managed as entities, which would cost several times as much as the insert.
 *
 * @param <T> source of a row's values
 */
public final class NewRows<T> {

  private record Column<T>(String name, int type, Function<T, ?> value) {}

  private final String table;
  private final List<Column<T>> columns = new ArrayList<>();
  private String number;
  private volatile String statement;

  /** Creates an insert into a table. */
  public NewRows(String table) {
    this.table = table;
  }

  /** Takes each {@code id} from a sequence, in the order of the rows. */
  public NewRows<T> numberedBy(String sequence) {
    number = sequence;
    return this;
  }

  /** Adds a column that always has a value. */
  public NewRows<T> column(String name, Function<T, ?> value) {
    return column(name, Types.NULL, value);
  }

  /**
   * Adds a column that may be null.
   *
   * @param type a constant of {@link Types}, so that the statement is the same with and without a
   *     value
   */
  public NewRows<T> column(String name, int type, Function<T, ?> value) {
    columns.add(new Column<>(name, type, value));
    return this;
  }

  /** Inserts rows in the current transaction. */
  public void add(EntityManager entities, List<? extends T> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = Sql.prepare(entities, statement())) {
      for (T row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          Column<T> column = columns.get(i);
          Sql.bind(insert, i + 1, column.type(), column.value().apply(row));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  private String statement() {
    if (statement == null) {
      String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
      String values = "?" + ", ?".repeat(columns.size() - 1);
      statement =
          number == null
              ? "insert into %s (%s) values (%s)".formatted(table, names, values)
              : "insert into %s (id, %s) values (nextval('%s'), %s)"
                  .formatted(table, names, number, values);
    }
    return statement;
  }
}
