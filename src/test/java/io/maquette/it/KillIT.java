package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.Standstill.Point;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node is killed with {@code kill -9} while it has a task at each step boundary, of pictures and
 * of models. Whoever comes next goes on with all of them: none is lost, none is submitted twice
 * without a row that says why, and none claims a success that is not there.
 */
@Tag("fault")
class KillIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  /**
   * Before these, the provider had taken something for which there is no answer. From the answer on
   * the address of a picture is known, by which it is fetched again.
   */
  private static final Set<Point> PAID_IN_VAIN_FOR_PICTURES = Set.of(Point.REQUEST_LEFT);

  /** A model's job has an id from the answer on, by which it is asked for again. */
  private static final Set<Point> PAID_IN_VAIN_FOR_MODELS =
      Set.of(Point.REQUEST_LEFT, Point.ANSWERED);

  /** A task that stands still. */
  private record Parked(String id, boolean model, Point point) {}

  @Test
  void anotherNodeGoesOnWhereverOneWasKilled() throws Exception {
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
        other.pause(); // what stands still shall be the first one's
        List<Parked> parked =
            park(standstill, new ApiClient(killed.base()), List.of(Point.values()));
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

  /** Nobody but the node can open the embedded database, and so lock anything in it. */
  @Test
  void theSameNodeGoesOnWhenItIsStartedAgain() throws Exception {
    Path folder = Wars.freshFolder("kill-embedded");
    try (Standstill standstill = new Standstill(null)) {
      Map<String, String> environment = standstill.environment(folder).values();
      List<Parked> parked;
      try (Server killed = PayaraMicro.start(folder, WAR, environment)) {
        parked =
            park(
                standstill,
                new ApiClient(killed.base()),
                List.of(Point.AFTER_THE_ROW, Point.REQUEST_LEFT, Point.IN_THE_DOWNLOAD));
        killed.kill();
      }
      standstill.release();
      Audit audit = Audit.ofHome(folder.resolve("home"));
      try (Server again = PayaraMicro.start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(again.base());
        parked.forEach(task -> api.awaitStatus(task.id(), endOf(task)));
        again.stop();
      }
      audit.check(parked.stream().map(Parked::id).toList());
      assertLedgerKnows(audit, standstill, parked);
    }
  }

  /** Models before pictures: their tasks have pictures to be made, which must not stand still. */
  private static List<Parked> park(Standstill standstill, ApiClient api, List<Point> points)
      throws Exception {
    Map<Point, String> forModels = new HashMap<>();
    for (Point point : points) {
      forModels.put(point, api.create("model " + point));
    }
    forModels.values().forEach(id -> api.awaitStatus(id, "IMAGE_COMPLETED"));
    List<Parked> parked = new ArrayList<>();
    List<Point> lastFirst = new ArrayList<>(points);
    Collections.reverse(lastFirst); // once the ledger is locked, nobody gets any further
    for (Point point : lastFirst) {
      if (point == Point.BEFORE_THE_ROW) {
        continue;
      }
      String id = forModels.get(point);
      standstill.parkModel(api, id, "model " + point, point);
      parked.add(new Parked(id, true, point));
      parked.add(new Parked(standstill.parkPicture(api, point), false, point));
    }
    if (points.contains(Point.BEFORE_THE_ROW)) {
      String id = forModels.get(Point.BEFORE_THE_ROW);
      standstill.parkModel(api, id, "model " + Point.BEFORE_THE_ROW, Point.BEFORE_THE_ROW);
      parked.add(new Parked(id, true, Point.BEFORE_THE_ROW));
      parked.add(
          new Parked(
              standstill.parkPicture(api, Point.BEFORE_THE_ROW), false, Point.BEFORE_THE_ROW));
    }
    return parked;
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

  private static String endOf(Parked task) {
    return task.model() ? "MODEL_COMPLETED" : "IMAGE_COMPLETED";
  }

  private static void assertAllIsWell(
      Audit audit, Standstill standstill, ApiClient api, List<Parked> parked) throws Exception {
    audit.check(parked.stream().map(Parked::id).toList());
    for (Parked task : parked) {
      assertThat(api.get(task.id()).getString("status")).as(task.toString()).isEqualTo(endOf(task));
    }
    assertLedgerKnows(audit, standstill, parked);
  }

  private static void assertLedgerKnows(Audit audit, Standstill standstill, List<Parked> parked)
      throws Exception {
    List<Audit.Call> calls = audit.calls();
    for (Parked task : parked) {
      List<String> outcomes =
          calls.stream()
              .filter(call -> call.task().equals(task.id()))
              .filter(call -> call.place().equals(task.model() ? "-1" : "0"))
              .map(call -> call.outcome() + (call.reason() == null ? "" : " again"))
              .toList();
      boolean unknown =
          task.point() == Point.AFTER_THE_ROW
              || (task.model() ? PAID_IN_VAIN_FOR_MODELS : PAID_IN_VAIN_FOR_PICTURES)
                  .contains(task.point());
      assertThat(outcomes)
          .as(task.toString())
          .isEqualTo(unknown ? List.of("UNKNOWN", "ACCEPTED again") : List.of("ACCEPTED"));
    }
    // one of each stage was cut off before it arrived
    audit.checkCount("IMAGE", standstill.pictures.accepted(), 1);
    audit.checkCount("MODEL", standstill.models.acceptedSubmissions(), 1);
    Measured.note("kill -9, submissions made again, by why", audit.madeAgain());
    assertThat(standstill.pictures.complaints()).isEmpty();
    assertThat(standstill.models.complaints()).isEmpty();
  }
}
