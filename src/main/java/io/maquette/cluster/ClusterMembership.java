package io.maquette.cluster;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.config.Version;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Registry of the nodes that share the database. Each node has a row under its name and updates its
 * heartbeat several times a minute, in database time. Each method sends a few statements in
 * auto-commit mode, because Payara allows no new transaction once it has notified an application of
 * the stop.
 *
 * <p>A name belongs to the live node that uses it. A starting node takes over a name if its node
 * was stopped, fell silent, or ran in a process on this machine that has ended. Otherwise both
 * nodes are live. The starting node then chooses another name and logs that.
 */
@ApplicationScoped
public class ClusterMembership {

  /** Maximum number of nodes listed, and of rows kept for ended nodes. */
  static final int MAX = 100;

  private static final Logger LOG = Logger.getLogger(ClusterMembership.class.getName());
  private static final int BEATS_UNTIL_GONE = 6;
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int SUFFIXES = 0x10000;

  private final UUID life = UUID.randomUUID();
  private final SecureRandom random = new SecureRandom();
  private DataSource database;
  private LocalNode node;
  private String wanted;
  private Duration goneAfter;
  private String host;
  private String process;
  private String hands;
  private boolean left;
  private String rival;
  private long watchedSince;
  private long lastBeat;

  /** For CDI. */
  protected ClusterMembership() {}

  @Inject
  ClusterMembership(DataSource database, LocalNode node, Settings settings) {
    this(
        database,
        node,
        settings.get(Setting.NODE_GONE_AFTER),
        hostName(),
        processOf(ProcessHandle.current()));
  }

  ClusterMembership(
      DataSource database, LocalNode node, Duration goneAfter, String host, String process) {
    this.database = database;
    this.node = node;
    this.wanted = node.name();
    this.goneAfter = goneAfter;
    this.host = host;
    this.process = process;
  }

  private record Row(UUID life, String host, String process, Instant seenAt, boolean up) {}

  /** Returns the interval at which {@link #beat} must be called. */
  public Duration interval() {
    return goneAfter.dividedBy(BEATS_UNTIL_GONE);
  }

  /**
   * Claims a name; the node must not write anything under its name before.
   *
   * @param capacities number of steps that each worker runs at once, as text
   * @throws SQLException if the database cannot be queried
   */
  public synchronized void join(String capacities) throws SQLException {
    hands = capacities;
    try (Connection connection = database.getConnection()) {
      takeAName(connection);
    }
  }

  private void takeAName(Connection connection) throws SQLException {
    Instant now = now(connection);
    Optional<Row> other = find(connection, wanted);
    boolean mine =
        other.filter(row -> isAlive(row, now)).isEmpty() && take(connection, wanted, other, now);
    if (mine) {
      node.rename(wanted);
      rival = null;
      return;
    }
    String instead;
    do {
      instead = wanted + "-" + String.format("%04x", random.nextInt(SUFFIXES));
    } while (!take(connection, instead, find(connection, instead), now));
    node.rename(instead);
    rival =
        "Another node"
            + other.map(row -> " on " + row.host()).orElse("")
            + " already uses the name "
            + wanted
            + ", so this node uses the name "
            + instead
            + "; set a different maquette.node.name on each node";
    LOG.warning(rival);
  }

  private boolean isAlive(Row row, Instant now) {
    return !node.exclusive()
        && row.up()
        && row.seenAt().isAfter(now.minus(goneAfter))
        && !row.life().equals(life)
        && !hasEnded(row);
  }

  /**
   * Returns whether the row's process ran on this machine and has ended. A process id that another
   * process now uses counts as ended.
   */
  private boolean hasEnded(Row row) {
    if (!row.host().equals(host)) {
      return false;
    }
    long pid = Long.parseLong(row.process().replaceAll("@.*", ""));
    return ProcessHandle.of(pid)
        .map(ClusterMembership::processOf)
        .filter(row.process()::equals)
        .isEmpty();
  }

  /** Claims a name; returns false if another node claimed it first. */
  private boolean take(Connection connection, String name, Optional<Row> before, Instant now)
      throws SQLException {
    if (before.isEmpty()) {
      try {
        return update(
                connection,
                "insert into node (life, version, host, process, hands, started_at, seen_at, state,"
                    + " name) values (?, ?, ?, ?, ?, ?, ?, 'UP', ?)",
                life,
                Version.CURRENT,
                host,
                process,
                hands,
                time(now),
                time(now),
                name)
            == 1;
      } catch (SQLException e) {
        if (String.valueOf(e.getSQLState()).startsWith("23")) {
          return false;
        }
        throw e;
      }
    }
    return update(
            connection,
            "update node set life = ?, version = ?, host = ?, process = ?, hands = ?,"
                + " started_at = ?, seen_at = ?, state = 'UP' where name = ? and life = ?",
            life,
            Version.CURRENT,
            host,
            process,
            hands,
            time(now),
            time(now),
            name,
            before.get().life())
        == 1;
  }

  /**
   * Updates this node's heartbeat and detects nodes that fell silent. Only a node whose own
   * heartbeat had no gap for that time reports them. After an outage of the database or a pause of
   * this node, all nodes seem silent.
   *
   * @return names of nodes that are gone; only one node reports each of them, once
   * @throws SQLException if the database cannot be queried
   */
  public synchronized List<String> beat() throws SQLException {
    if (left || hands == null) {
      return List.of();
    }
    try (Connection connection = database.getConnection()) {
      Instant now = now(connection);
      if (update(
              connection,
              "update node set seen_at = ?, state = 'UP' where name = ? and life = ?",
              time(now),
              node.name(),
              life)
          == 0) {
        takeAName(connection); // other nodes declared this one gone, and another node has its name
      }
      List<String> gone = hasWatchedLongEnough() ? gone(connection, now) : List.of();
      forgetOld(connection, now);
      return gone;
    }
  }

  private boolean hasWatchedLongEnough() {
    long now = System.nanoTime();
    if (lastBeat == 0 || now - lastBeat > goneAfter.toNanos() / 2) {
      watchedSince = now;
    }
    lastBeat = now;
    return now - watchedSince >= goneAfter.toNanos();
  }

  private List<String> gone(Connection connection, Instant now) throws SQLException {
    OffsetDateTime silentSince = time(now.minus(goneAfter));
    List<String> gone = new ArrayList<>();
    for (String name :
        names(
            connection, "select name from node where state = 'UP' and seen_at < ?", silentSince)) {
      if (update(
              connection,
              "update node set state = 'GONE' where name = ? and state = 'UP' and seen_at < ?",
              name,
              silentSince)
          == 1) {
        gone.add(name);
      }
    }
    return gone;
  }

  /** Deletes old rows, because names with a random suffix would accumulate. */
  private void forgetOld(Connection connection, Instant now) throws SQLException {
    update(
        connection,
        "delete from node where state <> 'UP' and (seen_at < ? or name in (select name from node"
            + " where state <> 'UP' order by seen_at desc offset "
            + MAX
            + " rows))",
        time(now.minus(KEPT)));
  }

  /**
   * Records that this node stops; it sends no further heartbeat.
   *
   * @throws SQLException if the database cannot be queried; other nodes then notice the silence
   */
  public synchronized void leave() throws SQLException {
    left = true;
    try (Connection connection = database.getConnection()) {
      update(
          connection,
          "update node set state = 'STOPPED', seen_at = ? where name = ? and life = ?",
          time(now(connection)),
          node.name(),
          life);
    }
  }

  /** Returns why this node does not have the name from the settings; empty if it has it. */
  public synchronized Optional<String> rival() {
    return Optional.ofNullable(rival);
  }

  /**
   * Lists the nodes of the last day, latest heartbeat first, at most {@link #MAX}.
   *
   * @throws SQLException if the database cannot be queried
   */
  public List<NodeStatus> all() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select name, version, host, hands, started_at, seen_at, state from node"
                    + " order by seen_at desc, name fetch first "
                    + MAX
                    + " rows only")) {
      Instant silentSince = now(connection).minus(goneAfter);
      List<NodeStatus> nodes = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Instant seenAt = row.getObject(6, OffsetDateTime.class).toInstant();
          NodeStatus.State state = NodeStatus.State.valueOf(row.getString(7));
          boolean silent = state == NodeStatus.State.UP && seenAt.isBefore(silentSince);
          nodes.add(
              new NodeStatus(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getObject(5, OffsetDateTime.class).toInstant(),
                  seenAt,
                  silent ? NodeStatus.State.GONE : state));
        }
      }
      return nodes;
    }
  }

  private static Optional<Row> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select life, host, process, seen_at, state from node where name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Row(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getString(5).equals("UP")))
            : Optional.empty();
      }
    }
  }

  private static List<String> names(Connection connection, String sql, Object parameter)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, parameter);
      List<String> names = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      return names;
    }
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        update.setObject(i + 1, parameters[i]);
      }
      return update.executeUpdate();
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_timestamp")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.substring(0, Math.min(100, name.length()));
    } catch (UnknownHostException e) {
      return "unknown"; // the machine has no host name
    }
  }

  /** Identifies a process by id and start time, because the system reuses ids. */
  private static String processOf(ProcessHandle process) {
    return process.pid()
        + "@"
        + process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
