package io.maquette.admin.console;

import io.maquette.admin.Intervention;
import io.maquette.admin.Owners;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.TaskActions;
import io.maquette.admin.TaskDetails;
import io.maquette.admin.TaskSearchService;
import io.maquette.http.ProblemException;
import io.maquette.security.web.Why;
import io.maquette.task.TaskNotFoundException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;

/** A task's whole story, and what can be done to it. */
@Named
@RequestScoped
public class TaskPage extends ActionPage {

  private final String id = Address.text("id");

  @Inject private TaskSearchService tasks;
  @Inject private TaskActions actions;
  @Inject private ProviderStates providers;
  @Inject private Owners owners;

  private TaskDetails story;
  private List<ProviderState> modelMakers;

  /** The story; null if there is no such task. */
  public TaskDetails getStory() {
    if (story == null) {
      try {
        story = tasks.story(UUID.fromString(id));
      } catch (TaskNotFoundException | IllegalArgumentException | NullPointerException e) {
        return null;
      }
    }
    return story;
  }

  /** What its owner is called. */
  public String getOwner() {
    String owner = getStory().owner();
    return owners.names(List.of(owner)).getOrDefault(owner, owner);
  }

  /** Which provider keeps it waiting, and why; null if none does. */
  public String getWaitsFor() {
    return providers.keepsWaiting(getStory()).orElse(null);
  }

  /** Whether something may be possible, by the task's status. */
  public boolean may(String what) {
    return Intervention.valueOf(what).from().contains(getStory().status());
  }

  /** Who makes models. */
  public List<ProviderState> getProviders() {
    if (modelMakers == null) {
      modelMakers = providers.modelMakers();
    }
    return modelMakers;
  }

  @Override
  void forget() {
    story = null;
    modelMakers = null;
  }

  public void cancel() {
    intervene(Intervention.CANCEL);
  }

  public void retryImages() {
    intervene(Intervention.RETRY_IMAGES);
  }

  public void retryModel() {
    intervene(Intervention.RETRY_MODEL);
  }

  public void release() {
    intervene(Intervention.RELEASE_LEASE);
  }

  /** Removes it; then there is nothing here to see. */
  public void delete() {
    if (intervene(Intervention.DELETE)) {
      show("tasks.xhtml");
    }
  }

  private boolean intervene(Intervention what) {
    return act(
        new Why(getReason()),
        "console.task.done",
        () -> actions.intervene(what, UUID.fromString(id), operator(), getReason()));
  }

  /** Has its model made by another provider. */
  public void changeProvider() {
    act(
        new Why(getReason()),
        "console.task.done",
        () -> {
          ProviderState chosen =
              providers
                  .modelMaker(getFields().get("provider"))
                  .orElseThrow(() -> ProblemException.ofField("provider", "invalid.provider"));
          actions.changeProvider(UUID.fromString(id), chosen, operator(), getReason());
        });
  }
}
