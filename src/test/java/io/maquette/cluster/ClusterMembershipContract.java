package io.maquette.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.config.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Contract of node membership on every database. */
@Tag("fault")
abstract class ClusterMembershipContract {

  private static final Duration GONE_AFTER = Duration.ofMillis(600);
  private static final String THIS_PROCESS =
      ProcessHandle.current().pid()
          + "@"
          + ProcessHandle.current().info().startInstant().orElseThrow();
  private static final String ENDED_PROCESS =
      ProcessHandle.current().pid() + "@2020-01-01T00:00:00Z";

  abstract DataSource database();

  private record Peer(LocalNode node, ClusterMembership nodes) {}

  @BeforeEach
  void clear() throws SQLException {
    sql("delete from node");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private Peer start(String name, String host, String process) throws SQLException {
    LocalNode node = new LocalNode(name, false);
    ClusterMembership nodes = new ClusterMembership(database(), node, GONE_AFTER, host, process);
    nodes.join("pictures 3");
    return new Peer(node, nodes);
  }

  private Peer start(String name) throws SQLException {
    return start(name, "host-of-" + name, THIS_PROCESS);
  }

  private static List<String> states(Peer peer) throws SQLException {
    return peer.nodes().all().stream().map(node -> node.name() + " " + node.state()).toList();
  }

  @Test
  void every_node_has_a_row_with_its_properties() throws SQLException {
    Peer one = start("one");
    start("two");
    assertThat(states(one)).containsExactlyInAnyOrder("one UP", "two UP");
    NodeStatus told = one.nodes().all().get(1);
    assertThat(told.host()).isEqualTo("host-of-one");
    assertThat(told.hands()).isEqualTo("pictures 3");
    assertThat(told.version()).isEqualTo(Version.CURRENT).matches("\\d.*");
    assertThat(one.nodes().rival()).isEmpty();
  }

  @Test
  void a_silent_node_is_reported_as_gone_once() throws SQLException {
    Peer silent = start("silent");
    Peer one = start("one");
    Peer two = start("two");
    List<String> told = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              told.addAll(one.nodes().beat());
              told.addAll(two.nodes().beat());
              assertThat(told).containsExactly("silent");
            });
    assertThat(one.nodes().beat()).isEmpty();
    assertThat(states(one)).contains("silent GONE", "one UP", "two UP");
    silent.nodes().beat();
    assertThat(states(one)).contains("silent UP");
    assertThat(silent.node().name()).isEqualTo("silent");
  }

  @Test
  void a_node_that_was_silent_itself_reports_no_other_as_gone() throws SQLException {
    Peer one = start("one");
    start("two");
    one.nodes().beat();
    // as after an outage of the database: both send a heartbeat again only now
    await().until(() -> states(one).containsAll(List.of("one GONE", "two GONE")));
    assertThat(one.nodes().beat()).isEmpty();
  }

  @Test
  void a_node_takes_another_name_if_a_live_node_has_its_name() throws SQLException {
    Peer first = start("twin", "here", THIS_PROCESS);
    Peer second = start("twin", "there", THIS_PROCESS);
    assertThat(first.node().name()).isEqualTo("twin");
    assertThat(second.node().name()).matches("twin-[0-9a-f]{4}");
    assertThat(second.nodes().rival())
        .hasValueSatisfying(
            notice ->
                assertThat(notice)
                    .startsWith("Another node on here already uses the name twin")
                    .contains("maquette.node.name"));
    assertThat(first.nodes().beat()).isEmpty();
    assertThat(first.nodes().rival()).isEmpty();
    assertThat(states(first)).hasSize(2).allMatch(state -> state.endsWith(" UP"));
  }

  @Test
  void the_name_of_a_stopped_killed_or_silent_node_is_reused() throws SQLException {
    Peer stopped = start("name", "elsewhere", THIS_PROCESS);
    stopped.nodes().leave();
    assertThat(stopped.nodes().beat()).isEmpty();
    assertThat(states(stopped)).containsExactly("name STOPPED");
    assertThat(start("name", "here", ENDED_PROCESS).node().name()).isEqualTo("name");
    Peer afterTheKilled = start("name", "here", THIS_PROCESS);
    assertThat(afterTheKilled.node().name()).isEqualTo("name");
    await().until(() -> states(afterTheKilled).contains("name GONE"));
    assertThat(start("name", "elsewhere", THIS_PROCESS).node().name()).isEqualTo("name");
  }

  @Test
  void a_suspended_node_takes_another_name_if_its_own_is_in_use() throws SQLException {
    Peer paused = start("name", "here", THIS_PROCESS);
    await().until(() -> states(paused).contains("name GONE"));
    Peer next = start("name", "elsewhere", THIS_PROCESS);
    paused.nodes().beat();
    assertThat(next.node().name()).isEqualTo("name");
    assertThat(paused.node().name()).startsWith("name-");
    assertThat(paused.nodes().rival()).isPresent();
    next.nodes().leave();
    paused.nodes().beat();
    assertThat(states(paused)).contains("name STOPPED");
  }

  @Test
  void rows_of_ended_nodes_are_deleted() throws SQLException {
    for (int i = 0; i < ClusterMembership.MAX + 20; i++) {
      start("node-" + i).nodes().leave();
    }
    sql(
        "update node set seen_at = timestamp with time zone '2020-01-01 00:00:00+00'"
            + " where name = 'node-119'");
    Peer here = start("here");
    here.nodes().beat();
    assertThat(states(here)).hasSize(ClusterMembership.MAX).doesNotContain("node-119 STOPPED");
    here.nodes().beat();
    assertThat(states(here)).contains("here UP");
  }
}
