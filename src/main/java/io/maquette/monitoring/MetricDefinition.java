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
      "Always 1; the labels have the node's name and version",
      "node",
      "version"),
  /** Whether the database answers. */
  DATABASE_UP(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.up",
      null,
      "1 if the database answered within 2 seconds, else 0; without an answer, all"
          + " metrics from the database are absent"),
  /** Waiting time for a database connection. */
  DATABASE_WAIT(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.connection.wait",
      "seconds",
      "Time that this node last waited for a connection of its pool"),
  /** Database connections. */
  DATABASE_CONNECTIONS(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.database.connections",
      null,
      "Database connections of all nodes; `state` is `active` or `idle`",
      "state"),
  /** Tasks by status. */
  TASKS(Kind.GAUGE, Scope.ALL, "maquette.tasks", null, "Tasks in each status", "status"),
  /** Tasks that workers have claimed. */
  TASKS_HELD(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.tasks.held",
      null,
      "Claimed tasks in each status that workers act on",
      "status"),
  /** Longest time in status. */
  OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.oldest.age",
      "seconds",
      "Longest present time in each status that workers act on; 0 without tasks",
      "status"),
  /** Times in status. */
  STATE_TIME(
      Kind.TIMER,
      Scope.NODE,
      "maquette.task.state.duration",
      "seconds",
      "Times in status that ended by a change of this node, which is the time in the"
          + " queue for `…_PENDING`; at most the last 2,000 changes between two readings",
      "status",
      "provider"),
  /** Overdue tasks. */
  OVERDUE(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.tasks.overdue",
      null,
      "Overdue tasks by wait reason (docs/operations.md)",
      "status",
      "provider",
      "waits_for"),
  /** Targets of the time in status. */
  STATE_TARGET(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.target",
      "seconds",
      "Target of the time in status (`maquette.dwell.targets`); `provider` is `-`"
          + " for all providers without their own target",
      "status",
      "provider"),
  /** 95th percentile of recent times in status. */
  STATE_P95(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.p95",
      "seconds",
      "95th percentile of the times in status that ended within the last 15 minutes;"
          + " absent if none ended",
      "status",
      "provider"),
  /** Status changes. */
  MOVES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.moves",
      null,
      "Status changes by this node; `from` is `-` for a new task",
      "from",
      "to"),
  /** Failed attempts. */
  RETRIES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.retries",
      null,
      "Failed attempts that are retried",
      "stage"),
  /** Provider calls. */
  CALLS(
      Kind.TIMER,
      Scope.NODE,
      "maquette.provider.call.duration",
      "seconds",
      "Duration of calls to providers; `operation` is `generate`, `submit`, `query`"
          + " or `cancel`, `outcome` is `ok`, a problem (`throttled`, `refused`,"
          + " `unauthorised`, `out_of_credit`, `unavailable`, `outcome_unknown`),"
          + " `circuit_open` (not sent) or `error`",
      "provider",
      "operation",
      "outcome"),
  /** Repeated submissions. */
  REPEATED(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.repeated",
      null,
      "Submissions repeated after an unknown outcome",
      "stage"),
  /** Late submissions. */
  LATE(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.late",
      null,
      "Submissions accepted after their task had moved on"),
  /** State of providers. */
  PROVIDER_STATE(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.provider.state",
      null,
      "1 for the provider's state on this node, 0 for the others: `IN_USE`,"
          + " `PAUSED`, `BUSY`, `DOWN` (its circuit breaker is open), `UNAUTHORISED`,"
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
      "Open provider jobs for models",
      "provider"),
  /** Limit of open provider jobs. */
  OPEN_JOBS_LIMIT(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.provider.open.jobs.limit",
      null,
      "Limit of open provider jobs",
      "provider"),
  /** Threads of workers. */
  WORKER_HANDS(
      Kind.GAUGE, Scope.NODE, "maquette.worker.hands", null, "Threads of the worker", "worker"),
  /** Running steps. */
  WORKER_BUSY(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.busy",
      null,
      "Steps the worker is running now",
      "worker"),
  /** Time since a worker's last run. */
  WORKER_TICK_AGE(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.tick.age",
      "seconds",
      "Time since the worker last looked for due tasks; absent before the first time",
      "worker"),
  /** Open event streams. */
  PUSH_CLIENTS(Kind.GAUGE, Scope.NODE, "maquette.push.clients", null, "Open event streams"),
  /** Limit of open event streams. */
  PUSH_CLIENTS_LIMIT(
      Kind.GAUGE, Scope.NODE, "maquette.push.clients.limit", null, "Limit of open event streams"),
  /** Pending webhook deliveries. */
  WEBHOOK_PENDING(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.deliveries.pending",
      null,
      "Pending deliveries of all webhooks"),
  /** Age of the oldest pending delivery. */
  WEBHOOK_OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.oldest.age",
      "seconds",
      "Age of the oldest pending delivery; 0 if there is none"),
  /** Suspended webhooks. */
  WEBHOOKS_SUSPENDED(
      Kind.GAUGE, Scope.ALL, "maquette.webhooks.suspended", null, "Suspended webhooks"),
  /** Lost files. */
  FILES_LOST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.files.lost",
      null,
      "Lost files of tasks; `fault` is `MISSING`, `EMPTY` or `DAMAGED`, `remedy` is"
          + " the next step: `FETCH_AGAIN`, `MAKE_AGAIN`, `DRAW_AGAIN` or `UPLOAD_AGAIN`",
      "fault",
      "remedy"),
  /** Running nodes. */
  NODE_UP(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.node.up",
      null,
      "1 for a running node, 0 for a node that has been silent for less than a day;"
          + " a stopped node is absent",
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
