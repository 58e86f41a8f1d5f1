package io.maquette.batch.web;

import io.maquette.batch.BatchJobLauncher;
import io.maquette.batch.BatchJobType;
import io.maquette.batch.BatchRunService;
import io.maquette.batch.ImportOrder;
import io.maquette.batch.PromptFile;
import io.maquette.batch.Run;
import io.maquette.batch.steps.FailedTasks;
import io.maquette.batch.steps.Reports;
import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.PageLimit;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.monitoring.DailyDuration;
import io.maquette.monitoring.DailyDurationReport;
import io.maquette.persistence.Page;
import io.maquette.security.TaskOwners;
import io.maquette.security.web.ReasonRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** REST resource of batch jobs and their runs. */
@Path("admin/batch")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class BatchResource {

  private static final String CSV = "text/csv";
  private static final String JSON_LINES = "application/x-ndjson";

  @Inject private BatchJobLauncher jobs;
  @Inject private BatchRunService runs;
  @Inject private FailedTasks failed;
  @Inject private Reports reports;
  @Inject private DailyDurationReport dwell;
  @Inject private OperatorOrders orders;
  @Inject private TaskOwners owners;
  @Context private UriInfo uris;

  @GET
  @Path("jobs")
  public ListEnvelope jobs() {
    return ListEnvelope.of(Arrays.stream(BatchJobType.values()).map(this::view).toList(), null);
  }

  private JobView view(BatchJobType job) {
    List<Run> last = runs.list(job, Long.MAX_VALUE, 1);
    return JobView.of(job, jobs.nextDue(job).orElse(null), last.isEmpty() ? null : last.get(0));
  }

  @GET
  @Path("runs")
  public ListEnvelope runs(
      @QueryParam("job") String job,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    int size = PageLimit.of(limit);
    return ListEnvelope.of(
        Page.of(
            runs.list(job(job), RequestFields.cursor(cursor, Long.MAX_VALUE), size + 1),
            size,
            run -> run.id().toString()),
        RunView::of);
  }

  private static BatchJobType job(String id) {
    if (id == null) {
      return null;
    }
    return BatchJobType.of(id)
        .orElseThrow(
            () ->
                ProblemException.ofField(
                    "job",
                    "invalid.status",
                    String.join(
                        ", ",
                        Arrays.stream(BatchJobType.values()).map(BatchJobType::id).toList())));
  }

  @GET
  @Path("runs/{id}")
  public Envelope run(@PathParam("id") String id) {
    return Envelope.of(RunView.of(runs.find(number(id))));
  }

  @GET
  @Path("runs/{id}/report")
  @Produces(CSV)
  public Response report(@PathParam("id") String id) {
    Run run = runs.find(number(id));
    StreamingOutput content =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          reports.write(run, writer);
          writer.flush();
        };
    return Response.ok(content, CSV + ";charset=utf-8")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + run.job().id() + "-" + run.id() + ".csv\"")
        .build();
  }

  @POST
  @Path("runs/{id}/stop")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope stop(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(RunView.of(jobs.stop(number(id), orders.stop(request.reason()))));
  }

  @POST
  @Path("runs/{id}/restart")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope restart(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(
        RunView.of(jobs.startAgain(number(id), orders.startAgain(request.reason()))));
  }

  /** Starts an import. It accepts any content type, so that the check of the caller comes first. */
  @POST
  @Path("import")
  public Response startImport(
      @QueryParam("owner") String owner,
      @QueryParam("skipLimit") String skipLimit,
      @QueryParam("reason") String reason,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
      InputStream body)
      throws IOException {
    PromptFile.Format format = formatOf(type);
    StartRequest.Import request = StartRequest.Import.of(owners, owner, skipLimit, reason);
    byte[] content = body.readNBytes(PromptFile.MAX_BYTES + 1);
    if (content.length > PromptFile.MAX_BYTES) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.PAYLOAD_TOO_LARGE,
              Messages.ofRequest().get("problem.file-too-large", PromptFile.MAX_BYTES >> 20),
              null));
    }
    PromptFile file = new PromptFile(format, content);
    return started(
        jobs.start(
            new ImportOrder(request.owner(), file, request.skipLimit()), orders.start(reason)));
  }

  private static PromptFile.Format formatOf(MediaType type) {
    if (type != null && type.isCompatible(MediaType.valueOf(CSV))) {
      return PromptFile.Format.CSV;
    }
    if (type != null && type.isCompatible(MediaType.valueOf(JSON_LINES))) {
      return PromptFile.Format.JSON_LINES;
    }
    throw new ProblemException(
        Problem.of(
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            Messages.ofRequest().get("problem.file-type"),
            null));
  }

  @POST
  @Path("redrive")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response startRedrive(
      @NotNull(message = "invalid.object") @Valid StartRequest.Redrive request) {
    return started(jobs.start(request.order(), orders.start(request.reason())));
  }

  /** Returns a preview of a redrive, without changes. */
  @POST
  @Path("redrive/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope previewRedrive(
      @NotNull(message = "invalid.object") StartRequest.Redrive request) {
    return Envelope.of(failed.preview(request.order()));
  }

  @POST
  @Path("retention")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response startRetention(
      @NotNull(message = "invalid.object") @Valid StartRequest.Retention request) {
    return started(
        jobs.startRetention(Duration.ofDays(request.days()), orders.start(request.reason())));
  }

  @POST
  @Path("verify-assets")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response startVerifyAssets(
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return started(jobs.startVerifyAssets(orders.start(request.reason())));
  }

  @POST
  @Path("dwell-report")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response startDwellReport(
      @NotNull(message = "invalid.object") @Valid StartRequest.DwellReport request) {
    return started(
        jobs.startDwellReport(
            request.firstDay(), request.lastDay(), orders.start(request.reason())));
  }

  /** Returns the computed times in status for charts: at most the first 1000 rows of the days. */
  @GET
  @Path("dwell")
  public ListEnvelope dwell(@QueryParam("from") String from, @QueryParam("to") String to) {
    LocalDate last = to == null ? LocalDate.MAX.withYear(9999) : RequestFields.day("to", to);
    LocalDate first = from == null ? LocalDate.EPOCH : RequestFields.day("from", from);
    List<DailyDuration> rows = dwell.rows(first, last, 0, DailyDurationReport.MAX_ROWS);
    return ListEnvelope.of(rows, null);
  }

  private Response started(Run run) {
    return Response.created(uris.getBaseUriBuilder().path("admin/batch/runs/" + run.id()).build())
        .entity(Envelope.of(RunView.of(run)))
        .build();
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return Long.parseLong(text);
  }

  /**
   * Batch job in JSON.
   *
   * @param nextDue next scheduled start; null without a schedule
   * @param lastRun latest run; null if there is none
   */
  public record JobView(String job, Instant nextDue, RunView lastRun) {
    static JobView of(BatchJobType job, Instant nextDue, Run last) {
      return new JobView(job.id(), nextDue, last == null ? null : RunView.of(last));
    }
  }
}
