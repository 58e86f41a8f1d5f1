package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.Standstill.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task that stands still at a step boundary when its node is killed. */
record Parked(String id, boolean model, Point point) {

  /**
   * Before these, the provider had taken something for which there is no answer. From the answer on
   * the address of a picture is known, by which it is fetched again.
   */
  private static final Set<Point> PAID_IN_VAIN_FOR_PICTURES = Set.of(Point.REQUEST_LEFT);

  /** A model's job has an id from the answer on, by which it is asked for again. */
  private static final Set<Point> PAID_IN_VAIN_FOR_MODELS =
      Set.of(Point.REQUEST_LEFT, Point.ANSWERED);

  /** Models before pictures: their tasks have pictures to be made, which must not stand still. */
  static List<Parked> park(Standstill standstill, ApiClient api, List<Point> points)
      throws Exception {
    Map<Point, String> forModels = new HashMap<>();
    for (Point point : points) {
      forModels.put(point, api.create("model " + point));
    }
    forModels.values().forEach(id -> api.awaitStatus(id, "IMAGE_COMPLETED"));
    List<Parked> parked = new ArrayList<>();
    List<Point> lastFirst = new ArrayList<>(points);
    Collections.reverse(lastFirst); // a locked ledger stops every worker
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

  /** Returns the status that the task reaches in the end. */
  String end() {
    return model ? "MODEL_COMPLETED" : "IMAGE_COMPLETED";
  }

  static void assertLedgerKnows(Audit audit, Standstill standstill, List<Parked> parked)
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
