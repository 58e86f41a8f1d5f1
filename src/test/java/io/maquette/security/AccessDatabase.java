package io.maquette.security;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Settings;
import io.maquette.persistence.Migrations;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Account services on a real database without a container. Each call has its own transaction, and
 * only the test advances the clock.
 */
final class AccessDatabase implements AutoCloseable {

  /** Services within one transaction. */
  record Desk(
      Accounts accounts, Sessions sessions, ApiKeys keys, SignInAttempts attempts, Audit audit) {}

  interface Work<T> {
    T in(Desk desk) throws Exception;
  }

  interface Action {
    void in(Desk desk) throws Exception;
  }

  private final DataSource database;
  private final EntityManagerFactory factory;
  private volatile Instant now;
  private Map<String, String> settings = Map.of();

  AccessDatabase(DataSource database) {
    this.database = database;
    Migrations.run(database);
    Map<String, Object> properties = new HashMap<>();
    properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
    properties.put("jakarta.persistence.jtaDataSource", null);
    properties.put("jakarta.persistence.nonJtaDataSource", database);
    factory = Persistence.createEntityManagerFactory("maquette", properties);
  }

  void set(Map<String, String> values) {
    settings = values;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  <T> T call(Work<T> work) throws Exception {
    EntityManager entities = factory.createEntityManager();
    try {
      entities.getTransaction().begin();
      T result = work.in(desk(entities));
      entities.getTransaction().commit();
      return result;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.close();
    }
  }

  void run(Action action) throws Exception {
    call(
        desk -> {
          action.in(desk);
          return null;
        });
  }

  private Desk desk(EntityManager entities) {
    Settings inForce = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    Clock clock = new TestClock();
    Audit audit = new Audit(entities, clock, new LocalNode("node-1", false));
    return new Desk(
        new Accounts(entities, audit, clock),
        new Sessions(entities, clock, inForce),
        new ApiKeys(entities, audit, clock),
        new SignInAttempts(entities, clock, inForce),
        audit);
  }

  /** Returns the first column of the first row. */
  String sql(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Deletes the data of earlier tests. */
  void clear() throws SQLException {
    settings = Map.of();
    now = Instant.parse("2026-11-25T12:00:00Z");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table :
          List.of("account_session", "api_key", "account", "sign_in_attempt", "audit_entry")) {
        statement.execute("delete from " + table);
      }
    }
  }

  @Override
  public void close() {
    factory.close();
  }

  private final class TestClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
