package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitReason;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Alerts about times in status. One node reports each alert, once when it begins and once when it
 * ends.
 */
@Stateless
public class OverdueAlerts {

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** Required by the container. */
  public OverdueAlerts() {}

  OverdueAlerts(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** Kind of an alert. */
  public enum Kind {
    /** Tasks are overdue, or wait for an operator. */
    OVERDUE,
    /**
     * Tasks that recently left the status exceeded the target, although none may be overdue now.
     */
    SLOW
  }

  /**
   * Alert.
   *
   * @param waitsFor wait reason of its largest group of tasks; null for {@code SLOW}
   * @param tasks number of affected or measured tasks, with those that wait for an operator
   */
  public record Alert(
      Kind kind, TaskStatus status, String provider, WaitReason waitsFor, long tasks) {
    private static Alert overdue(OverdueTasks.Group group) {
      return new Alert(
          Kind.OVERDUE, group.status(), group.provider(), group.waitsFor(), group.tasks());
    }

    private Alert and(Alert other) {
      return new Alert(kind, status, provider, waitsFor, tasks + other.tasks);
    }

    private Alert withoutDetail() {
      return new Alert(kind, status, provider, null, 0);
    }
  }

  /**
   * Changes to report.
   *
   * @param raised alerts that have begun
   * @param cleared alerts that have ended
   */
  public record News(List<Alert> raised, List<Alert> cleared) {}

  /**
   * Returns the alert of each status and provider with recorded tasks.
   *
   * @param groups the largest group first
   */
  static List<Alert> of(List<OverdueTasks.Group> groups) {
    Map<Alert, Alert> alerts = new LinkedHashMap<>();
    for (OverdueTasks.Group group : groups) {
      Alert alert = Alert.overdue(group);
      alerts.merge(alert.withoutDetail(), alert, Alert::and);
    }
    return List.copyOf(alerts.values());
  }

  /**
   * Compares the present alerts with the reported ones and stores the difference. While one node
   * does so, the call on any other node reports nothing.
   *
   * @param present present alerts, at most one for each kind, status and provider
   */
  public News compare(List<Alert> present) {
    if (entities
        .createNativeQuery(
            "select name from worker_gate where name = 'WATCH' for update skip locked")
        .getResultList()
        .isEmpty()) {
      return new News(List.of(), List.of());
    }
    Map<Alert, Alert> ended = new LinkedHashMap<>();
    reported().forEach(alert -> ended.put(alert.withoutDetail(), alert));
    Instant now = clock.instant();
    List<Alert> raised = new ArrayList<>();
    for (Alert alert : present) {
      if (ended.remove(alert.withoutDetail()) == null) {
        insert(alert, now);
        raised.add(alert);
      }
    }
    ended.values().forEach(this::delete);
    return new News(raised, List.copyOf(ended.values()));
  }

  /** Lists the reported alerts that have not ended. */
  @SuppressWarnings("unchecked")
  public List<Alert> reported() {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select kind, status, provider, waits_for, tasks from dwell_alert"
                    + " order by began_at, status, provider, kind")
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Alert(
                    Kind.valueOf((String) row[0]),
                    TaskStatus.valueOf((String) row[1]),
                    (String) row[2],
                    row[3] == null ? null : WaitReason.valueOf((String) row[3]),
                    ((Number) row[4]).longValue()))
        .toList();
  }

  private void insert(Alert alert, Instant now) {
    entities
        .createNativeQuery(
            "insert into dwell_alert (kind, status, provider, waits_for, tasks, began_at)"
                + " values (?1, ?2, ?3, nullif(?4, '-'), ?5, ?6)")
        .setParameter(1, alert.kind().name())
        .setParameter(2, alert.status().name())
        .setParameter(3, alert.provider())
        .setParameter(4, alert.waitsFor() == null ? "-" : alert.waitsFor().name())
        .setParameter(5, alert.tasks())
        .setParameter(6, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  private void delete(Alert alert) {
    entities
        .createNativeQuery(
            "delete from dwell_alert where kind = ?1 and status = ?2 and provider = ?3")
        .setParameter(1, alert.kind().name())
        .setParameter(2, alert.status().name())
        .setParameter(3, alert.provider())
        .executeUpdate();
  }
}
