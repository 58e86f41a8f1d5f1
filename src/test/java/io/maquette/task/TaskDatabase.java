package io.maquette.task;

import io.maquette.admin.OperatorTaskService;
import io.maquette.admin.TaskSearchService;
import io.maquette.batch.BatchTaskService;
import io.maquette.cluster.LocalNode;
import io.maquette.concurrent.BatchingExecutor;
import io.maquette.config.Settings;
import io.maquette.files.FileRows;
import io.maquette.files.LostFileRows;
import io.maquette.monitoring.DailyDurationReport;
import io.maquette.monitoring.OverdueTasks;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.persistence.DatabaseClock;
import io.maquette.persistence.Migrations;
import io.maquette.push.ChangeLog;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.queue.Leases;
import io.maquette.task.queue.ResultWriter;
import io.maquette.task.queue.TaskDue;
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ClusterRateLimiter;
import io.maquette.task.submission.PaidResults;
import io.maquette.task.submission.ProviderControls;
import io.maquette.task.submission.SubmissionDecision;
import io.maquette.task.submission.SubmissionLedger;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Task services on a real database without a container; each call runs in its own transaction. */
public final class TaskDatabase implements AutoCloseable {

  /** Services and repositories of one transaction. */
  public record Heart(
      TaskService service,
      BatchTaskService bulk,
      FileRows files,
      LostFileRows lost,
      DailyDurationReport durations,
      ResultWriter writer,
      TaskResults results,
      TaskQueue claims,
      TaskQueries queries,
      ChangeLog log,
      DiscardedFiles discarded,
      IdempotencyKeys keys,
      DailyCreations dailyCreations,
      SubmissionLedger ledger,
      PaidResults paidResults,
      ClusterRateLimiter pace,
      TaskSearchService all,
      TaskStatistics statistics,
      ProviderControls controls,
      OperatorTaskService interventions,
      OverdueTasks overdue,
      EntityManager entities) {

    /** Returns the ledger row of the claim's submission, which is reserved or granted now. */
    public long call(TaskClaim claim) throws StaleClaimException {
      if (claim.reserved().isPresent()) {
        return claim.reserved().get().call();
      }
      return ((SubmissionDecision.Granted) ledger.submit(claim, "local", Duration.ZERO, false))
          .call();
    }
  }

  /** Work in one transaction with a value. */
  public interface Work<T> {
    T in(Heart heart) throws Exception;
  }

  /** Work in one transaction without a value. */
  public interface Action {
    void in(Heart heart) throws Exception;
  }

  private final DataSource database;
  private final EntityManagerFactory factory;
  private final Clock clock;
  public final List<TaskChanged> announced = new CopyOnWriteArrayList<>();
  private volatile Duration behind;
  private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();
  final List<TaskDue> due = new CopyOnWriteArrayList<>();
  private Map<String, String> settings = Map.of();

  public TaskDatabase(DataSource database) throws SQLException {
    this(database, Duration.ZERO);
  }

  /**
   * Opens a database whose nodes have clocks behind the database clock.
   *
   * @param behind difference that makes newly queued tasks due at once
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

  /** Sets how far the nodes' clocks are behind the database clock from now on. */
  void setClocksBehind(Duration time) {
    behind = time;
  }

  public void set(Map<String, String> values) {
    settings = values;
  }

  public <T> T call(String node, Work<T> work) throws Exception {
    EntityManager entities = factory.createEntityManager();
    try {
      CURRENT.set(entities);
      entities.getTransaction().begin();
      T result = work.in(heart(node, entities));
      entities.getTransaction().commit();
      return result;
    } finally {
      CURRENT.remove();
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.close();
    }
  }

  public <T> T call(Work<T> work) throws Exception {
    return call("node-1", work);
  }

  public void run(Action action) throws Exception {
    call(
        heart -> {
          action.in(heart);
          return null;
        });
  }

  /** Returns services that use the transaction that is open at the time of each call. */
  public Heart heart(String node) {
    return heart(
        node,
        (EntityManager)
            Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.invoke(CURRENT.get(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
  }

  private Heart heart(String node, EntityManager entities) {
    Settings inForce = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    TaskEventWriter history =
        new TaskEventWriter(
            entities, new Heard<>((TaskChanges changes) -> announced.addAll(changes.all())));
    LocalNode here = new LocalNode(node, false);
    ResultWriter writer = new ResultWriter(entities, history, clock, here, inForce);
    return new Heart(
        new TaskService(entities, history, clock, here, inForce),
        new BatchTaskService(entities, history, clock, here),
        new FileRows(entities, clock),
        new LostFileRows(entities, new FileRows(entities, clock), clock),
        new DailyDurationReport(entities),
        writer,
        new TaskResults(
            new BatchingExecutor<>(writer::apply, 1, Integer.MAX_VALUE),
            writer,
            new Heard<>(due::add)),
        new TaskQueue(entities, history, clock, here, inForce),
        new TaskQueries(entities),
        new ChangeLog(entities),
        new DiscardedFiles(entities, clock),
        new IdempotencyKeys(entities, clock, inForce),
        new DailyCreations(entities),
        new SubmissionLedger(entities, history, clock, here),
        new PaidResults(entities, clock),
        new ClusterRateLimiter(entities, clock),
        new TaskSearchService(entities, new SubmissionLedger(entities, history, clock, here)),
        new TaskStatistics(entities, new TaskQueries(entities), clock),
        new ProviderControls(entities, clock),
        new OperatorTaskService(entities, history, clock, here),
        new OverdueTasks(entities, history, clock, here),
        entities);
  }

  public Clock clock() {
    return clock;
  }

  public DataSource source() {
    return database;
  }

  Leases leases(LocalNode node) {
    return new Leases(database, node);
  }

  public void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Creates a task of the development user. */
  public UUID create() throws Exception {
    return call(heart -> heart.service().create("dev", "a cat", null)).id();
  }

  /** Claims the due task for its picture stage. */
  public ImageClaim claimPictures() throws Exception {
    return call(heart -> heart.claims().claimForPictures(1, "local")).get(0);
  }

  /** Stores all missing pictures of a claim, which completes the stage. */
  public void storePictures(ImageClaim first) throws Exception {
    Optional<ImageClaim> next = Optional.of(first);
    while (next.isPresent()) {
      ImageClaim claim = next.get();
      next =
          call(
              heart ->
                  heart
                      .results()
                      .apply(
                          new ImageStored(
                              claim,
                              new AcceptedSubmission(heart.call(claim), null, null),
                              claim.newImage("v", null, Tasks.file(claim.storeScope())),
                              Optional.empty())));
    }
  }

  /** Deletes all data of earlier tests. */
  public void clear() throws SQLException {
    settings = Map.of();
    announced.clear();
    due.clear();
    for (String table :
        List.of(
            "maintenance_input",
            "maintenance_run_line",
            "maintenance_run",
            "dwell_day",
            "overdue_task",
            "dwell_alert",
            "paid_result",
            "provider_call",
            "provider_pace",
            "provider_control",
            "task_event",
            "task_image",
            "task_model",
            "task",
            "idempotency_record",
            "daily_creation",
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

  /** Creates an event that passes each fired object to a consumer at once. */
  public static <T> Event<T> heard(Consumer<T> all) {
    return new Heard<>(all);
  }

  private record Heard<T>(Consumer<T> all) implements Event<T> {
    @Override
    public void fire(T event) {
      all.accept(event);
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
