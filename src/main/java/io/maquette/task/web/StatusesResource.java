package io.maquette.task.web;

import io.maquette.platform.http.Problem;
import io.maquette.platform.http.Texts;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The catalogue: what each status means to people. */
@Path("statuses")
@RequestScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class StatusesResource {

  /**
   * One status.
   *
   * @param stage IMAGE or MODEL; null for those that end either
   * @param label its name for people
   * @param hint what is happening, with X and N standing for numbers
   * @param button what the main button says
   * @param buttonEnabled whether it can be pressed; in IMAGE_COMPLETED once a picture is chosen
   * @param inProgress whether a worker acts next
   * @param allowedActions what may be done, as far as the status alone tells
   */
  public record StatusView(
      TaskStatus status,
      String stage,
      String label,
      String hint,
      String button,
      boolean buttonEnabled,
      boolean inProgress,
      List<String> allowedActions) {}

  @GET
  public Envelope list() {
    return Envelope.of(Arrays.stream(TaskStatus.values()).map(StatusesResource::viewOf).toList());
  }

  private static StatusView viewOf(TaskStatus status) {
    Texts texts = Texts.ofRequest();
    List<String> actions =
        new ArrayList<>(status.verbsForPeople().stream().map(Enum::name).toList());
    actions.add(TaskAction.DELETE.name());
    return new StatusView(
        status,
        status.stage().map(Enum::name).orElse(null),
        texts.get("status." + status + ".label"),
        texts.get("status." + status + ".hint"),
        texts.get("status." + status + ".button"),
        !status.isInProgress(),
        status.isInProgress(),
        actions);
  }
}
