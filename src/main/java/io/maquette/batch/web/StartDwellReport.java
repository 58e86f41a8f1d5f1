package io.maquette.batch.web;

import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import java.time.LocalDate;

/**
 * Body of {@code POST /api/admin/batch/dwell-report}.
 *
 * @param from first day; null for the last computed day
 * @param to last day; null for today
 */
@RequestBody
public record StartDwellReport(
    String from,
    String to,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

  /**
   * Returns the first day; null for the last computed day.
   *
   * @throws ProblemException if the text is not a day
   */
  public LocalDate firstDay() {
    return Fields.day("from", from);
  }

  /**
   * Returns the last day; null for today.
   *
   * @throws ProblemException if the text is not a day, or the day is before the first or too far
   *     after it
   */
  public LocalDate lastDay() {
    LocalDate day = Fields.day("to", to);
    Fields.checkOrder(firstDay(), day);
    return day;
  }
}
