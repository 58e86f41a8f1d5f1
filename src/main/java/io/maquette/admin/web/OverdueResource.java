package io.maquette.admin.web;

import io.maquette.http.Audience;
import io.maquette.http.ListEnvelope;
import io.maquette.http.ServedTo;
import io.maquette.monitoring.OverdueTasks;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.OverdueTask;
import io.maquette.task.wait.WaitReason;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

/** REST resource of overdue tasks. */
@Path("admin/overdue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class OverdueResource {

  /** Overdue task in JSON. */
  public record OverdueView(
      UUID taskId,
      TaskStatus status,
      String provider,
      Instant since,
      double targetSeconds,
      WaitReason waitsFor) {
    static OverdueView of(OverdueTask overdue) {
      return new OverdueView(
          overdue.task(),
          overdue.status(),
          overdue.provider(),
          overdue.since(),
          overdue.target().toMillis() / 1000.0,
          overdue.waitsFor());
    }
  }

  @Inject private OverdueTasks overdue;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(overdue.list().stream().map(OverdueView::of).toList(), null);
  }
}
