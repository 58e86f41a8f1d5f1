package io.maquette.monitoring;

import java.util.List;
import java.util.Locale;

/**
 * Everything that is measured under our name. The list in {@code docs/operations.md} is made of it.
 */
public enum MetricDefinition {
  /** Which version this is. */
  BUILD_INFO(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.build.info",
      null,
      "1; its labels say which node and version answers",
      "node",
      "version"),
  /** Whether the database could be read. */
  DATABASE_UP(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.up",
      null,
      "1 if the database answered within two seconds; what it tells is absent otherwise"),
  /** How long a connection was waited for. */
  DATABASE_WAIT(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.database.connection.wait",
      "seconds",
      "How long this node last waited for a connection of its pool"),
  /** Sessions at the database. */
  DATABASE_CONNECTIONS(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.database.connections",
      null,
      "Connections of all nodes at the database; `state` is `active` or `idle`",
      "state"),
  /** Tasks by status. */
  TASKS(Kind.GAUGE, Scope.ALL, "maquette.tasks", null, "Tasks in each status", "status"),
  /** Tasks held by workers. */
  TASKS_HELD(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.tasks.held",
      null,
      "Tasks in a status on which a worker is at work now",
      "status"),
  /** Age of the oldest. */
  OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.oldest.age",
      "seconds",
      "How long the task that has been longest in a status that workers look at has been there; 0"
          + " if there is none",
      "status"),
  /** Time in states. */
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
  /** Tasks that are late. */
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
  /** Targets. */
  STATE_TARGET(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.target",
      "seconds",
      "How long tasks should be in a status at most (`maquette.dwell.targets`); `provider` is `-` for"
          + " all that are not named",
      "status",
      "provider"),
  /** Recent percentiles. */
  STATE_P95(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.task.state.p95",
      "seconds",
      "How long nineteen of twenty tasks were in a status at most, of those that left it within the"
          + " last 15 minutes; absent if none did",
      "status",
      "provider"),
  /** Moves of tasks. */
  MOVES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.moves",
      null,
      "Changes of status that this node made; `from` is `-` for a new task",
      "from",
      "to"),
  /** Tries that failed. */
  RETRIES(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.task.retries",
      null,
      "Tries that failed and are made again",
      "stage"),
  /** Calls to providers. */
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
  /** Submissions made again. */
  REPEATED(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.repeated",
      null,
      "Submissions made again because the outcome of the one before is unknown",
      "stage"),
  /** Late answers. */
  LATE(
      Kind.COUNTER,
      Scope.NODE,
      "maquette.provider.submissions.late",
      null,
      "Submissions that were accepted when nobody waited for them any more"),
  /** Where providers stand. */
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
  /** Open jobs. */
  OPEN_JOBS(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.provider.open.jobs",
      null,
      "Model jobs open at a provider",
      "provider"),
  /** How many may be open. */
  OPEN_JOBS_LIMIT(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.provider.open.jobs.limit",
      null,
      "How many may be",
      "provider"),
  /** What workers can do. */
  WORKER_HANDS(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.hands",
      null,
      "How many steps a worker does at once",
      "worker"),
  /** What workers do. */
  WORKER_BUSY(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.busy",
      null,
      "How many of them it is doing",
      "worker"),
  /** When workers last looked. */
  WORKER_TICK_AGE(
      Kind.GAUGE,
      Scope.NODE,
      "maquette.worker.tick.age",
      "seconds",
      "How long ago a worker last looked for work; absent before the first time",
      "worker"),
  /** Streams. */
  PUSH_CLIENTS(
      Kind.GAUGE, Scope.NODE, "maquette.push.clients", null, "Streams and sockets that are open"),
  /** How many there may be. */
  PUSH_CLIENTS_LIMIT(
      Kind.GAUGE, Scope.NODE, "maquette.push.clients.limit", null, "How many may be"),
  /** What is to be sent. */
  WEBHOOK_PENDING(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.deliveries.pending",
      null,
      "Messages that are still to be delivered to webhooks"),
  /** Since when. */
  WEBHOOK_OLDEST(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhook.oldest.age",
      "seconds",
      "How long the one of them that waits longest has waited; 0 if there is none"),
  /** Who is left alone. */
  WEBHOOKS_SUSPENDED(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.webhooks.suspended",
      null,
      "Webhooks that are suspended, as their receivers failed for long"),
  /** Stored files that are lost. */
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
  /** Which nodes live. */
  NODE_UP(
      Kind.GAUGE,
      Scope.ALL,
      "maquette.node.up",
      null,
      "1 for a node that lives, 0 for one that fell silent within the last day; one that was stopped"
          + " is absent",
      "node");

  /** What kind of figure it is. */
  public enum Kind {
    /** It goes up and down. */
    GAUGE,
    /** It counts from the node's start. */
    COUNTER,
    /** A histogram of durations, with the longest of the last minutes beside it. */
    TIMER
  }

  /** Whom it is about. */
  public enum Scope {
    /** The node that answers: summed, or shown for each. */
    NODE,
    /** The whole installation, the same from each node: any one of them, as by {@code max}. */
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

  /** Its name in the registry, with dots. */
  String id() {
    return id;
  }

  /** What it is measured in; null for a number of things. */
  String unit() {
    return unit;
  }

  /** What it tells, for people. */
  public String meaning() {
    return meaning;
  }

  public List<String> labels() {
    return labels;
  }

  /** Its name as Prometheus sees it. */
  public String prometheusName() {
    return id.replace('.', '_').toLowerCase(Locale.ROOT)
        + (unit == null ? "" : "_" + unit)
        + (kind == Kind.COUNTER ? "_total" : "");
  }
}
