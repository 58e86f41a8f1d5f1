package io.maquette.admin.console;

import io.maquette.admin.Intervention;
import io.maquette.admin.Owners;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.TaskActions;
import io.maquette.admin.TaskDetails;
import io.maquette.admin.TaskSearchService;
import io.maquette.http.ProblemException;
import io.maquette.security.web.ReasonRequest;
import io.maquette.task.TaskException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;

/** Page bean of one task's details and the operator's actions on it. */
@Named
@RequestScoped
public class TaskPage extends ActionPage {

  private final String id = Address.text("id");

  @Inject private TaskSearchService tasks;
  @Inject private TaskActions actions;
  @Inject private ProviderStates providers;
  @Inject private Owners owners;

  private TaskDetails details;
  private List<ProviderState> modelProviders;

  /** Returns the task's details; null if the task does not exist. */
  public TaskDetails getStory() {
    if (details == null) {
      try {
        details = tasks.details(UUID.fromString(id));
      } catch (TaskException.NotFound | IllegalArgumentException | NullPointerException e) {
        return null;
      }
    }
    return details;
  }

  /** Returns the owner's name. */
  public String getOwner() {
    String owner = getStory().owner();
    return owners.names(List.of(owner)).getOrDefault(owner, owner);
  }

  /** Returns which provider keeps the task waiting, and why; null if none does. */
  public String getWaitsFor() {
    return providers.unavailableProviders(getStory()).orElse(null);
  }

  /** Returns whether the task's status permits an action. */
  public boolean may(String what) {
    return Intervention.valueOf(what).from().contains(getStory().status());
  }

  /** Returns the providers of models. */
  public List<ProviderState> getProviders() {
    if (modelProviders == null) {
      modelProviders = providers.modelProviders();
    }
    return modelProviders;
  }

  @Override
  void clear() {
    details = null;
    modelProviders = null;
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

  /** Deletes the task and returns to the list, because the page has nothing left to show. */
  public void delete() {
    if (intervene(Intervention.DELETE)) {
      show("tasks.xhtml");
    }
  }

  private boolean intervene(Intervention what) {
    return act(
        new ReasonRequest(getReason()),
        "console.task.done",
        () -> actions.intervene(what, UUID.fromString(id), operator(), getReason()));
  }

  /** Moves the task's model to another provider. */
  public void changeProvider() {
    act(
        new ReasonRequest(getReason()),
        "console.task.done",
        () -> {
          ProviderState chosen =
              providers
                  .modelProvider(getFields().get("provider"))
                  .orElseThrow(
                      () -> ProblemException.ofField("provider", "invalid.model-provider"));
          actions.changeProvider(UUID.fromString(id), chosen, operator(), getReason());
        });
  }
}
