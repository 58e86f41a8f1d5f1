package io.maquette.monitoring;

import java.util.List;
import java.util.Locale;

/**
 * Metrics of the application. The list in {@code docs/operations.md} is generated from this enum.
 */
public enum MetricDefinition {
  /** Version of the application. */
  BUILD_INFO(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.build.info",
      null,
      "1; its labels say which node and version answers",
      "node",
      "version"),
  /** Whether the database answers. */
  DATABASE_UP(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.up",
      null,
      "1 if the database answered within two seconds; what it tells is absent otherwise"),
  /** Waiting time for a database connection. */
  DATABASE_WAIT(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.connection.wait",
      "seconds",
      "How long this node last waited for a connection of its pool"),
  /** Database connections. */
  DATABASE_CONNECTIONS(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.database.connections",
      null,
      "Connections of all nodes at the database; `state` is `active` or `idle`",
      "state"),
  /** Tasks by status. */
  TASKS(Kind.GAUGE, Scope.ALL, "maquette.tasks", null, "Tasks in each status", "status"),
  /** Tasks that workers have claimed. */
  TASKS_HELD(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.tasks.held",
      null,
      "Tasks in a status on which a worker is at work now",
      "status"),
  /** Longest time in status. */
  OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.oldest.age",
      "seconds",
      "How long the task that has been longest in a status that workers look at has been there; 0"
          + " if there is none",
      "status"),
  /** Times in status. */
  STATE_TIME(
      Kind.TIMER,
      Scope.NODE,
      "maquette.task.state.duration",
      "seconds",
      "How long tasks were in a status that they left by a change this node made: in the two"
          + " `…_PENDING` that is the wait in the queue; of at most the last 2,000 changes between"
          + " two readings",
      "status",
      "provider"),
  /** Overdue tasks. */
  OVERDUE(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.tasks.overdue",
      null,
      "Tasks that are longer in a status than its target, by what they wait for"
          + " (docs/operations.md)",
      "status",
      "provider",
      "waits_for"),
  /** Targets of the time in status. */
  STATE_TARGET(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.target",
      "seconds",
      "How long tasks should be in a status at most (`maquette.dwell.targets`); `provider` is `-` for"
          + " all that are not named",
      "status",
      "provider"),
  /** 95th percentile of recent times in status. */
  STATE_P95(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.p95",
      "seconds",
      "How long nineteen of twenty tasks were in a status at most, of those that left it within the"
          + " last 15 minutes; absent if none did",
      "status",
      "provider"),
  /** Status changes. */
  MOVES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.moves",
      null,
      "Changes of status that this node made; `from` is `-` for a new task",
      "from",
      "to"),
  /** Failed attempts. */
  RETRIES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.retries",
      null,
      "Tries that failed and are made again",
      "stage"),
  /** Provider calls. */
  CALLS(
      Kind.TIMER,
      Scope.NODE,
      "maquette.provider.call.duration",
      "seconds",
      "How long calls to providers took; `operation` is `generate`, `submit`, `query` or `cancel`,"
          + " `outcome` is `ok`, a problem (`throttled`, `refused`, `unauthorised`,"
          + " `out_of_credit`, `unavailable`, `outcome_unknown`), `circuit_open` (not made) or"
          + " `error`",
      "provider",
      "operation",
      "outcome"),
  /** Repeated submissions. */
  REPEATED(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.repeated",
      null,
      "Submissions made again because the outcome of the one before is unknown",
      "stage"),
  /** Late submissions. */
  LATE(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.late",
      null,
      "Submissions that were accepted when nobody waited for them any more"),
  /** State of providers. */
  PROVIDER_STATE(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.provider.state",
      null,
      "1 for the state in which this node finds the provider, 0 for the others: `IN_USE`,"
          + " `PAUSED`, `BUSY`, `DOWN` (its circuit is open), `UNAUTHORISED`,"
          + " `OUT_OF_CREDIT`, `MISCONFIGURED`, `RETIRED`, `UNFETCHED`",
      "provider",
      "state"),
  /** Announced retirements. */
  PROVIDER_RETIREMENT(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.provider.retirement",
      "seconds",
      "Time until the provider retires what the setting names, a model or an interface; negative"
          + " afterwards; absent without an announced date",
      "provider",
      "setting"),
  /** Open provider jobs. */
  OPEN_JOBS(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.provider.open.jobs",
      null,
      "Model jobs open at a provider",
      "provider"),
  /** Limit of open provider jobs. */
  OPEN_JOBS_LIMIT(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.provider.open.jobs.limit",
      null,
      "How many may be",
      "provider"),
  /** Threads of workers. */
  WORKER_HANDS(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.hands",
      null,
      "How many steps a worker does at once",
      "worker"),
  /** Running steps. */
  WORKER_BUSY(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.busy",
      null,
      "How many of them it is doing",
      "worker"),
  /** Time since a worker's last run. */
  WORKER_TICK_AGE(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.tick.age",
      "seconds",
      "How long ago a worker last looked for work; absent before the first time",
      "worker"),
  /** Open event streams. */
  PUSH_CLIENTS(
      Kind.GAUGE, Scope.NODE, "maquette.push.clients", null, "Streams and sockets that are open"),
  /** Limit of open event streams. */
  PUSH_CLIENTS_LIMIT(
      Kind.GAUGE, Scope.NODE, "maquette.push.clients.limit", null, "How many may be"),
  /** Pending webhook deliveries. */
  WEBHOOK_PENDING(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.deliveries.pending",
      null,
      "Messages that are still to be delivered to webhooks"),
  /** Age of the oldest pending delivery. */
  WEBHOOK_OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.oldest.age",
      "seconds",
      "How long the one of them that waits longest has waited; 0 if there is none"),
  /** Suspended webhooks. */
  WEBHOOKS_SUSPENDED(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhooks.suspended",
      null,
      "Webhooks that are suspended, as their receivers failed for long"),
  /** Lost files. */
  FILES_LOST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.files.lost",
      null,
      "Stored files of tasks that were found missing, empty or damaged and are not back; `fault` is"
          + " `MISSING`, `EMPTY` or `DAMAGED`, `remedy` says what happens next: `FETCH_AGAIN`,"
          + " `MAKE_AGAIN`, `DRAW_AGAIN` or `UPLOAD_AGAIN`",
      "fault",
      "remedy"),
  /** Running nodes. */
  NODE_UP(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.node.up",
      null,
      "1 for a node that lives, 0 for one that fell silent within the last day; one that was stopped"
          + " is absent",
      "node");

  /** Kind of a metric. */
  public enum Kind {
    /** Value that rises and falls. */
    GAUGE,
    /** Counter since the node's start. */
    COUNTER,
    /** Histogram of durations, with the maximum of the last minutes. */
    TIMER
  }

  /** Subject of a metric. */
  public enum Scope {
    /** The answering node: values of nodes are added up or shown separately. */
    NODE,
    /** The whole installation: every node reports the same value, so aggregate with {@code max}. */
    ALL
  }

  private final Kind kind;
  private final Scope scope;
  private final String id;
  private final String unit;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  MetricDefinition(
      Kind kind, Scope scope, String id, String unit, String meaning, String... labels) {
    this.kind = kind;
    this.scope = scope;
    this.id = id;
    this.unit = unit;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  public Scope scope() {
    return scope;
  }

  /** Returns the metric's name in the registry, with dots. */
  String id() {
    return id;
  }

  /** Returns the unit; null for a number of items. */
  String unit() {
    return unit;
  }

  /** Returns the help text. */
  public String meaning() {
    return meaning;
  }

  public List<String> labels() {
    return labels;
  }

  /** Returns the metric's name in Prometheus. */
  public String prometheusName() {
    return id.replace('.', '_').toLowerCase(Locale.ROOT)
        + (unit == null ? "" : "_" + unit)
        + (kind == Kind.COUNTER ? "_total" : "");
  }
}
