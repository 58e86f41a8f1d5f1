package io.maquette.batch.web;

import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import java.time.LocalDate;

/**
 * The body of {@code POST /api/admin/batch/dwell-report}.
 *
 * @param from the first day; null for the last one that was computed
 * @param to the last day; null for today
 */
@RequestBody
public record StartDwellReport(
    String from,
    String to,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

  /**
   * The first day; null for the last one that was computed.
   *
   * @throws ProblemException if it is no day
   */
  public LocalDate firstDay() {
    return Fields.day("from", from);
  }

  /**
   * The last day; null for today.
   *
   * @throws ProblemException if it is no day, or before the first one, or too far behind it
   */
  public LocalDate lastDay() {
    LocalDate day = Fields.day("to", to);
    Fields.checkOrder(firstDay(), day);
    return day;
  }
}
