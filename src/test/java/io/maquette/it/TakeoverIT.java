package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.Standstill.Point;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node is killed with {@code kill -9} while it has a task at each step boundary, of pictures and
 * of models, and another node takes them over. No task is lost, and no task is submitted twice
 * without a row that gives the reason.
 */
@Tag("all")
@Tag("fault")
class TakeoverIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  @Test
  void another_node_continues_wherever_one_was_killed() throws Exception {
    Path folder = Wars.freshFolder("kill");
    String database = Wars.freshPostgres("kill");
    try (Standstill standstill = new Standstill(database)) {
      Environment environment =
          standstill
              .environment(folder)
              .onPostgres(database)
              .with("MAQUETTE_NODE_GONE_AFTER", "PT3S");
      Map<String, String> first = environment.with("MAQUETTE_NODE_NAME", "first").values();
      Map<String, String> second = environment.with("MAQUETTE_NODE_NAME", "second").values();
      CompletableFuture<PayaraMicro> starting =
          PayaraMicro.starting(folder.resolve("second"), WAR, second);
      Audit audit = Audit.ofPostgres(database, folder.resolve("home/files"));
      try (Server other = starting.join();
          Server killed = PayaraMicro.start(folder.resolve("first"), WAR, first)) {
        other.pause(); // so that the first node claims the task
        List<Parked> parked =
            Parked.park(standstill, new ApiClient(killed.base()), List.of(Point.values()));
        killed.kill();
        long killedAt = System.nanoTime();
        standstill.release();
        other.resume();
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> resumedBy("second", audit) == parked.size() - unclaimed(parked));
        Measured.since(killedAt, "kill -9, another node has gone on with all tasks");
        assertAllIsWell(audit, standstill, new ApiClient(other.base()), parked);
        Measured.since(killedAt, "kill -9, all tasks done");
      }
    }
  }

  private static int resumedBy(String node, Audit audit) throws Exception {
    return audit
        .rows(
            "select distinct task_id from task_event where event_type = 'WORK_RESUMED'"
                + " and node = ?",
            node)
        .size();
  }

  /** The row is written with the claim: what was killed before it is claimed for the first time. */
  private static long unclaimed(List<Parked> parked) {
    return parked.stream().filter(task -> task.point() == Point.BEFORE_THE_ROW).count();
  }

  private static void assertAllIsWell(
      Audit audit, Standstill standstill, ApiClient api, List<Parked> parked) throws Exception {
    audit.check(parked.stream().map(Parked::id).toList());
    for (Parked task : parked) {
      assertThat(api.get(task.id()).getString("status")).as(task.toString()).isEqualTo(task.end());
    }
    Parked.assertLedgerKnows(audit, standstill, parked);
  }
}
