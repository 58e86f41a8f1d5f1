package io.maquette.admin.console;

import io.maquette.batch.BatchJobLauncher;
import io.maquette.batch.BatchJobType;
import io.maquette.batch.BatchRunService;
import io.maquette.batch.ImportOrder;
import io.maquette.batch.PromptFile;
import io.maquette.batch.Run;
import io.maquette.batch.steps.FailedTasks;
import io.maquette.batch.web.OperatorOrders;
import io.maquette.batch.web.StartRequest;
import io.maquette.http.ProblemException;
import io.maquette.persistence.Page;
import io.maquette.security.TaskOwners;
import io.maquette.security.web.ReasonRequest;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Page bean of batch jobs, their schedule and their runs. */
@Named
@RequestScoped
public class BatchPage extends ActionPage {

  private static final int ROWS = 25;
  private static final String STARTED = "console.batch.started";

  @Inject private BatchJobLauncher jobs;
  @Inject private BatchRunService runs;
  @Inject private FailedTasks failed;
  @Inject private OperatorOrders orders;
  @Inject private TaskOwners owners;

  private Part file;
  private final Map<BatchJobType, Run> last = new EnumMap<>(BatchJobType.class);
  private Page<Run, Long> page;
  private FailedTasks.Preview preview;

  public Part getFile() {
    return file;
  }

  public void setFile(Part file) {
    this.file = file;
  }

  public List<BatchJobType> getJobs() {
    return List.of(BatchJobType.values());
  }

  public Stage[] getStages() {
    return Stage.values();
  }

  public FailureCode[] getCodes() {
    return FailureCode.values();
  }

  /** Returns the next scheduled start of a job; null if it has no schedule. */
  public Instant nextDue(BatchJobType of) {
    return jobs.nextDue(of).orElse(null);
  }

  /** Returns the latest run of a job; null if it has none. */
  public Run last(BatchJobType of) {
    return last.computeIfAbsent(
        of, job -> runs.list(job, Long.MAX_VALUE, 1).stream().findFirst().orElse(null));
  }

  /** Returns the runs of this page, newest first. */
  public List<Run> getRows() {
    return page().items();
  }

  /**
   * Returns the id of this page's last run, after which the next page begins; null on the last
   * page.
   */
  public Long getNext() {
    return page().next();
  }

  private Page<Run, Long> page() {
    if (page == null) {
      String job = Address.text("job");
      Long before = Address.number("before");
      page =
          Page.of(
              runs.list(
                  job == null ? null : BatchJobType.of(job).orElse(null),
                  before == null ? Long.MAX_VALUE : before,
                  ROWS + 1),
              ROWS,
              Run::id);
    }
    return page;
  }

  @Override
  void clear() {
    page = null;
    last.clear();
  }

  /** Returns the preview of a redrive; null unless the operator asked for it. */
  public FailedTasks.Preview getPreview() {
    return preview;
  }

  /** Computes the preview of a redrive. */
  public void preview() {
    look(() -> preview = failed.preview(redrive().order()));
  }

  private StartRequest.Redrive redrive() {
    return new StartRequest.Redrive(
        getFields().get("stage"),
        getFields().get("code"),
        getFields().get("provider"),
        getFields().get("owner"),
        getFields().get("from"),
        getFields().get("before"),
        getFields().get("retry"),
        getReason());
  }

  public void startRedrive() {
    start(redrive(), () -> jobs.start(redrive().order(), orders.start(getReason())));
  }

  public void startRetention() {
    look(
        () -> {
          Integer days = whole("days", "invalid.days");
          start(
              new StartRequest.Retention(days, getReason()),
              () -> jobs.startRetention(Duration.ofDays(days), orders.start(getReason())));
        });
  }

  public void startVerifyAssets() {
    start(new ReasonRequest(getReason()), () -> jobs.startVerifyAssets(orders.start(getReason())));
  }

  public void startDwellReport() {
    StartRequest.DwellReport request =
        new StartRequest.DwellReport(getFields().get("from"), getFields().get("to"), getReason());
    start(
        request,
        () ->
            jobs.startDwellReport(
                request.firstDay(), request.lastDay(), orders.start(getReason())));
  }

  public void startImport() {
    start(
        new ReasonRequest(getReason()),
        () -> {
          StartRequest.Import request =
              StartRequest.Import.of(
                  owners, getFields().get("owner"), getFields().get("skipLimit"), getReason());
          return jobs.start(
              new ImportOrder(request.owner(), prompts(), request.skipLimit()),
              orders.start(getReason()));
        });
  }

  private PromptFile prompts() {
    if (file == null || file.getSize() == 0) {
      throw ProblemException.ofField("file", "problem.file-type");
    }
    String name = file.getSubmittedFileName().toLowerCase(Locale.ROOT);
    try (InputStream content = file.getInputStream()) {
      return new PromptFile(
          name.endsWith(".csv") ? PromptFile.Format.CSV : PromptFile.Format.JSON_LINES,
          content.readNBytes(PromptFile.MAX_BYTES + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(Object request, Supplier<Run> work) {
    act(request, STARTED, () -> show("run.xhtml?id=" + work.get().id()));
  }
}
