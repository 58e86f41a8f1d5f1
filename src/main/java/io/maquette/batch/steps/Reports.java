package io.maquette.batch.steps;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.BatchRunService;
import io.maquette.batch.Days;
import io.maquette.batch.Run;
import io.maquette.monitoring.DailyDuration;
import io.maquette.monitoring.DailyDurationReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Reports of batch runs as CSV (RFC 4180), read and written page by page. */
@ApplicationScoped
public class Reports {

  private BatchRunService runs;
  private DailyDurationReport dwell;

  /** Required by CDI. */
  protected Reports() {}

  @Inject
  public Reports(BatchRunService runs, DailyDurationReport dwell) {
    this.runs = runs;
    this.dwell = dwell;
  }

  /** Writes a run's report: its lines, or the days that it computed. */
  public void write(Run run, Writer out) throws IOException {
    if (run.job() == BatchJobType.DWELL_REPORT) {
      writeDwell(Days.from(run.parameters()), Days.to(run.parameters()), out);
      return;
    }
    CSVPrinter csv = csv(out, "number", "subject", "outcome", "detail");
    long last = 0;
    List<Run.Line> page;
    do {
      page = runs.report(run.id(), last, BatchRunService.MAX_LIMIT);
      for (Run.Line line : page) {
        csv.printRecord(line.number(), line.subject(), line.outcome(), line.detail());
        last = line.number();
      }
    } while (page.size() == BatchRunService.MAX_LIMIT);
    csv.flush();
  }

  private void writeDwell(LocalDate from, LocalDate to, Writer out) throws IOException {
    CSVPrinter csv =
        csv(
            out,
            "day",
            "status",
            "provider",
            "stays",
            "total_seconds",
            "p50_seconds",
            "p95_seconds",
            "max_seconds");
    int written = 0;
    List<DailyDuration> page;
    do {
      page = dwell.rows(from, to, written, DailyDurationReport.MAX_ROWS);
      for (DailyDuration row : page) {
        csv.printRecord(
            row.day(),
            row.status(),
            row.provider(),
            row.stays(),
            row.totalSeconds(),
            row.p50Seconds(),
            row.p95Seconds(),
            row.maxSeconds());
      }
      written += page.size();
    } while (page.size() == DailyDurationReport.MAX_ROWS);
    csv.flush();
  }

  private static CSVPrinter csv(Writer out, String... columns) throws IOException {
    return new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader(columns).get());
  }
}
