package io.maquette.operation.web;

import io.maquette.platform.http.Audience;
import io.maquette.platform.http.ListEnvelope;
import io.maquette.platform.http.ServedTo;
import io.maquette.task.Overdue;
import io.maquette.task.OverdueTasks;
import io.maquette.task.TaskStatus;
import io.maquette.task.WaitsFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

/** The tasks that are longer in a status than they should be. */
@Path("admin/overdue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class OverdueResource {

  /** One of them. */
  public record OverdueView(
      UUID taskId,
      TaskStatus status,
      String provider,
      Instant since,
      double targetSeconds,
      WaitsFor waitsFor) {
    static OverdueView of(Overdue overdue) {
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
