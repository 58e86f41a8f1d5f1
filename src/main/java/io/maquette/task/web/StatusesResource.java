package io.maquette.task.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.Messages;
import io.maquette.http.ServedTo;
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

/** The catalogue: what each status means to people, in the language asked for. */
@Path("statuses")
@ServedTo(Audience.ANYBODY)
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusesResource {

  /**
   * One status.
   *
   * @param stage IMAGE or MODEL; null for those that end either
   * @param label its name for people
   * @param inProgress whether a worker acts next
   * @param allowedActions what may be done, as far as the status alone tells
   * @param screens what people see; several where it depends on the model or the failed stage
   */
  public record StatusView(
      String status,
      String stage,
      String label,
      boolean inProgress,
      List<String> allowedActions,
      List<ScreenView> screens) {}

  /**
   * What people see. In the texts X stands for the number of pictures that are there, N for the
   * model's percentage.
   *
   * @param modelStatus the model's status it is for; null where there is no model
   * @param failedStage the failed stage it is for; null unless the task has failed
   * @param caption what stands over it, in FAILED with the reason after it; may be null
   * @param hint what to do or wait for; may be null
   * @param button what the main button says
   * @param buttonEnabled whether it can be pressed; in IMAGE_COMPLETED once a picture is chosen
   */
  public record ScreenView(
      String modelStatus,
      String failedStage,
      String caption,
      String hint,
      String button,
      boolean buttonEnabled) {}

  @GET
  public Envelope list() {
    return Envelope.of(catalogue(Messages.ofRequest()));
  }

  static List<StatusView> catalogue(Messages texts) {
    return Arrays.stream(TaskStatus.values()).map(status -> viewOf(status, texts)).toList();
  }

  private static StatusView viewOf(TaskStatus status, Messages texts) {
    List<String> actions =
        new ArrayList<>(status.verbsForPeople().stream().map(Enum::name).toList());
    actions.add(TaskAction.DELETE.name());
    return new StatusView(
        status.name(),
        status.stage().map(Enum::name).orElse(null),
        texts.get("status." + status),
        status.isInProgress(),
        actions,
        Arrays.stream(Screen.values())
            .filter(screen -> screen.status() == status)
            .map(screen -> viewOf(screen, texts))
            .toList());
  }

  private static ScreenView viewOf(Screen screen, Messages texts) {
    String key = "screen." + screen;
    return new ScreenView(
        screen.modelStatus() == null ? null : screen.modelStatus().name(),
        screen.failedStage() == null ? null : screen.failedStage().name(),
        texts.find(key + ".caption").orElse(null),
        texts.find(key + ".hint").orElse(null),
        texts.get(key + ".button"),
        screen.buttonEnabled());
  }
}
