package io.maquette.task;

import io.maquette.platform.DatabaseClock;
import io.maquette.platform.Gathering;
import io.maquette.platform.Migrations;
import io.maquette.platform.Node;
import io.maquette.platform.Settings;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.annotation.Annotation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The heart on a real database, without a container: each call in a transaction of its own. */
final class TaskDatabase implements AutoCloseable {

  /** What one transaction works with. */
  record Heart(
      TaskService service,
      Settlements settlements,
      TaskResults results,
      TaskClaims claims,
      TaskQueries queries,
      ChangeLog log,
      DiscardedFiles discarded,
      IdempotencyKeys keys,
      Ledger ledger,
      Pace pace,
      Purge purge,
      EntityManager entities) {

    /** The number of a submission's row: that of the claim, or one the ledger grants. */
    long call(Claim claim, Integer imageIndex) throws StaleClaimException {
      if (claim.call() != null
          && (imageIndex == null || imageIndex.equals(claim.missingImages().get(0)))) {
        return claim.call();
      }
      return ((Permit.Granted) ledger.submit(claim, imageIndex, "local", Duration.ZERO, false))
          .call();
    }
  }

  interface Work<T> {
    T in(Heart heart) throws Exception;
  }

  interface Action {
    void in(Heart heart) throws Exception;
  }

  private final DataSource database;
  private final EntityManagerFactory factory;
  private final Clock clock;
  final List<TaskChanged> announced = new CopyOnWriteArrayList<>();
  private volatile Duration behind;
  final List<TaskDue> due = new CopyOnWriteArrayList<>();
  private Map<String, String> settings = Map.of();

  TaskDatabase(DataSource database) throws SQLException {
    this(database, Duration.ZERO);
  }

  /**
   * Opens one whose nodes' clocks go behind the database's own.
   *
   * @param behind so far that what is queued now is surely due
   */
  TaskDatabase(DataSource database, Duration behind) throws SQLException {
    this.database = database;
    Migrations.run(database);
    clock = new Shifted(DatabaseClock.of(database));
    this.behind = behind;
    Map<String, Object> properties = new HashMap<>();
    properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
    properties.put("jakarta.persistence.jtaDataSource", null);
    properties.put("jakarta.persistence.nonJtaDataSource", database);
    factory = Persistence.createEntityManagerFactory("maquette", properties);
  }

  /** The nodes' clocks go so far behind the database's own from now on. */
  void setClocksBehind(Duration time) {
    behind = time;
  }

  void set(Map<String, String> values) {
    settings = values;
  }

  <T> T call(String node, Work<T> work) throws Exception {
    EntityManager entities = factory.createEntityManager();
    try {
      entities.getTransaction().begin();
      T result = work.in(heart(node, entities));
      entities.getTransaction().commit();
      return result;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.close();
    }
  }

  <T> T call(Work<T> work) throws Exception {
    return call("node-1", work);
  }

  void run(Action action) throws Exception {
    call(
        heart -> {
          action.in(heart);
          return null;
        });
  }

  private Heart heart(String node, EntityManager entities) {
    Settings inForce = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    TaskHistory history = new TaskHistory(entities, new Heard<>(announced));
    Node here = new Node(node, false);
    Settlements settlements = new Settlements(entities, history, clock, here);
    return new Heart(
        new TaskService(entities, history, clock, here, inForce),
        settlements,
        new TaskResults(
            new Gathering<>(settlements::settle, 1, Integer.MAX_VALUE), new Heard<>(due), inForce),
        new TaskClaims(entities, history, clock, here, inForce),
        new TaskQueries(entities),
        new ChangeLog(entities),
        new DiscardedFiles(entities, clock),
        new IdempotencyKeys(entities, clock, inForce),
        new Ledger(entities, history, clock, here),
        new Pace(entities, clock),
        new Purge(entities, history, clock, here),
        entities);
  }

  Leases leases(Node node) {
    return new Leases(database, node);
  }

  void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Leaves nothing of an earlier test. */
  void clear() throws SQLException {
    settings = Map.of();
    announced.clear();
    due.clear();
    for (String table :
        List.of(
            "provider_call",
            "provider_pace",
            "task_event",
            "task_image",
            "task_model",
            "task",
            "idempotency_record",
            "discarded_file")) {
      sql("delete from " + table);
    }
  }

  @Override
  public void close() {
    factory.close();
  }

  private final class Shifted extends Clock {
    private final Clock database;

    Shifted(Clock database) {
      this.database = database;
    }

    @Override
    public Instant instant() {
      return database.instant().minus(behind);
    }

    @Override
    public ZoneId getZone() {
      return database.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Records what is announced. */
  private record Heard<T>(List<T> all) implements Event<T> {
    @Override
    public void fire(T event) {
      all.add(event);
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
      throw new IllegalStateException("changes are announced in their transaction");
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
      throw new IllegalStateException("changes are announced in their transaction");
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
      return this;
    }

    @Override
    public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
      throw new IllegalStateException("not selected");
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
      throw new IllegalStateException("not selected");
    }
  }
}
