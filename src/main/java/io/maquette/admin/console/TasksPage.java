package io.maquette.admin.console;

import io.maquette.admin.BulkActions;
import io.maquette.admin.BulkScope;
import io.maquette.admin.Owners;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.TaskRow;
import io.maquette.admin.TaskSearch;
import io.maquette.admin.TaskSearchService;
import io.maquette.admin.web.BulkRequest;
import io.maquette.admin.web.SearchFields;
import io.maquette.http.ProblemException;
import io.maquette.persistence.Page;
import io.maquette.security.web.ReasonRequest;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Page bean of the task search over all users, and of bulk actions on its results. */
@Named
@RequestScoped
public class TasksPage extends ActionPage {

  private static final int ROWS = 50;

  @Inject private TaskSearchService tasks;
  @Inject private BulkActions bulk;
  @Inject private Owners owners;
  @Inject private ProviderStates providers;

  private Page<TaskRow, TaskCursor> page;
  private Integer count;
  private Map<String, String> names;
  private BulkScope.Preview preview;
  private BulkScope.Result result;

  public TaskStatus[] getStatuses() {
    return TaskStatus.values();
  }

  public Stage[] getStages() {
    return Stage.values();
  }

  public FailureCode[] getCodes() {
    return FailureCode.values();
  }

  private TaskSearch search() {
    return new SearchFields(
            Address.text("status"),
            null,
            Address.text("stage"),
            Address.text("provider"),
            Address.text("user"),
            Address.text("code"),
            Address.text("from"),
            Address.text("before"),
            Address.text("q"))
        .search(owners);
  }

  /** Returns the tasks of this page, newest first. */
  public List<TaskRow> getRows() {
    return page().items();
  }

  /** Returns the cursor of the next page; null on the last page. */
  public String getNext() {
    return page().next() == null ? null : page().next().encode();
  }

  /** Reads the tasks before the page renders messages, because an invalid search adds a message. */
  public void read() {
    page();
  }

  private Page<TaskRow, TaskCursor> page() {
    if (page == null) {
      try {
        page = tasks.list(search(), ROWS, SearchFields.cursor(Address.text("cursor")));
      } catch (ProblemException e) {
        show(FacesMessage.SEVERITY_ERROR, e.problem().error());
        page = new Page<>(List.of(), null);
      }
    }
    return page;
  }

  /** Counts the tasks that the search finds, up to {@link TaskSearchService#MAX_COUNT}. */
  public int getCount() {
    if (count == null) {
      try {
        count = tasks.count(search());
      } catch (ProblemException e) {
        count = 0; // reading the rows adds the message
      }
    }
    return count;
  }

  /** Returns whether the count has reached its maximum, so that further tasks may exist. */
  public boolean isMany() {
    return getCount() == TaskSearchService.MAX_COUNT;
  }

  /** Returns an owner's name. */
  public String nameOf(String owner) {
    if (names == null) {
      names = owners.names(getRows().stream().map(TaskRow::owner).distinct().toList());
    }
    return names.getOrDefault(owner, owner);
  }

  /** Returns the preview of a bulk action; null unless the operator asked for it. */
  public BulkScope.Preview getPreview() {
    return preview;
  }

  /** Returns the result of a bulk action; null unless one ran. */
  public BulkScope.Result getResult() {
    return result;
  }

  /** Computes the preview of the bulk action. */
  public void preview() {
    look(() -> preview = bulk.preview(order(), search()));
  }

  /** Runs the bulk action after its preview. */
  public void run() {
    act(
        new ReasonRequest(getReason()),
        "console.tasks.done",
        () -> result = bulk.run(order(), search(), operator(), getReason()));
  }

  @Override
  void clear() {
    page = null;
    count = null;
    names = null;
  }

  private BulkScope.Order order() {
    return new BulkRequest(
            getFields().get("action"),
            getFields().get("maker"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null)
        .order(providers);
  }

  /** Returns the providers of models. */
  public List<ProviderState> getMakers() {
    return providers.modelProviders();
  }
}
