package io.maquette.it;

import io.maquette.it.Standstill.Point;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node is killed with {@code kill -9} while it has tasks at step boundaries, of pictures and of
 * models, and is started again. No task is lost, and no task is submitted twice without a row that
 * gives the reason. {@link TakeoverIT} kills at each boundary.
 */
@Tag("all")
@Tag("fault")
class KillIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  /** Only the node can open the embedded database, so no row of it can be locked from outside. */
  @Test
  void a_killed_node_continues_after_its_restart() throws Exception {
    Path folder = Wars.freshFolder("kill-embedded");
    try (Standstill standstill = new Standstill(null)) {
      Map<String, String> environment = standstill.environment(folder).values();
      List<Parked> parked;
      try (Server killed = PayaraMicro.start(folder, WAR, environment)) {
        parked =
            Parked.park(
                standstill,
                new ApiClient(killed.base()),
                List.of(Point.AFTER_THE_ROW, Point.REQUEST_LEFT, Point.IN_THE_DOWNLOAD));
        killed.kill();
      }
      standstill.release();
      Audit audit = Audit.ofHome(folder.resolve("home"));
      try (Server again = PayaraMicro.start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(again.base());
        parked.forEach(task -> api.awaitStatus(task.id(), task.end()));
        again.stop();
      }
      audit.check(parked.stream().map(Parked::id).toList());
      Parked.assertLedgerKnows(audit, standstill, parked);
    }
  }
}
