package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fault")
class DatabaseClockTest {

  private static final Instant T0 = Instant.parse("2031-03-30T00:59:59Z");
  private static final Duration SOON = Duration.ofMinutes(1);

  /** Time that the database returns; null while it is unavailable. */
  private final AtomicReference<OffsetDateTime> told =
      new AtomicReference<>(T0.atOffset(ZoneOffset.UTC));

  private final DataSource database =
      proxy(
          DataSource.class,
          (source, asked, with) ->
              proxy(
                  Connection.class,
                  (connection, method, arguments) ->
                      method.getName().equals("close") ? null : statement()));

  private Statement statement() throws SQLException {
    OffsetDateTime time = told.get();
    if (time == null) {
      throw new SQLException("the database is away");
    }
    ResultSet row =
        proxy(
            ResultSet.class,
            (result, method, arguments) ->
                switch (method.getName()) {
                  case "next" -> true;
                  case "getObject" -> time;
                  default -> null;
                });
    return proxy(
        Statement.class,
        (statement, method, arguments) -> method.getName().equals("close") ? null : row);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void the_time_of_the_machine_is_not_used() throws SQLException {
    DatabaseClock clock = DatabaseClock.of(database); // years from this machine's own time
    Instant first = clock.instant();
    assertThat(first).isBetween(T0, T0.plus(SOON));
    assertThat(clock.instant()).isBetween(first, T0.plus(SOON));
  }

  @Test
  void the_clock_follows_the_database() throws SQLException {
    DatabaseClock clock = DatabaseClock.of(database);
    for (Duration jump : new Duration[] {Duration.ofHours(5), Duration.ofDays(-3)}) {
      told.set(T0.plus(jump).atOffset(ZoneOffset.UTC));
      clock.synchronise();
      assertThat(clock.instant()).isBetween(T0.plus(jump), T0.plus(jump).plus(SOON));
    }
  }

  @Test
  void the_time_zone_does_not_matter() throws SQLException {
    told.set(T0.atOffset(ZoneOffset.ofHours(13)));
    assertThat(DatabaseClock.of(database).instant()).isBetween(T0, T0.plus(SOON));
  }

  @Test
  void the_clock_runs_while_the_database_is_unavailable() throws SQLException {
    DatabaseClock clock = DatabaseClock.of(database);
    told.set(null);
    assertThatThrownBy(clock::synchronise).isInstanceOf(SQLException.class);
    assertThat(clock.instant()).isBetween(T0, T0.plus(SOON));
  }
}
