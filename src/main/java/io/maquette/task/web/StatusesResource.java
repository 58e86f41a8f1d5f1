package io.maquette.task.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.Messages;
import io.maquette.http.ServedTo;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** REST resource with the catalogue of statuses and their texts in the language of the request. */
@Path("statuses")
@ServedTo(Audience.ANYBODY)
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusesResource {

  /**
   * JSON view of one status.
   *
   * @param stage IMAGE or MODEL; null for FAILED and CANCELLED, which can end both stages
   * @param label name of the status for users
   * @param inProgress whether a worker acts next
   * @param allowedActions actions that the status alone allows
   * @param screens what users see; several entries if it depends on the model or the failed stage
   */
  public record StatusView(
      String status,
      String stage,
      String label,
      boolean inProgress,
      List<String> allowedActions,
      List<ScreenView> screens) {}

  /**
   * JSON view of what users see. In the texts, X stands for the number of stored pictures and N for
   * the model's percentage.
   *
   * @param modelStatus model status that this entry is for; null if there is no model
   * @param failedStage failed stage that this entry is for; null unless the task has failed
   * @param caption heading; in FAILED the reason follows it; may be null
   * @param hint what the user can do or waits for; may be null
   * @param button label of the main button
   * @param buttonEnabled whether the main button is enabled; in IMAGE_COMPLETED once a picture is
   *     chosen
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
    return new StatusView(
        status.name(),
        status.stage().map(Enum::name).orElse(null),
        texts.get("status." + status),
        status.isInProgress(),
        status.allowedActions().stream().map(Enum::name).toList(),
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
