package io.maquette.batch.web;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.PromptFile;
import io.maquette.batch.RedriveOrder;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import io.maquette.security.TaskOwners;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;

/** Bodies of the requests that start batch jobs. */
public final class StartRequest {

  private static final int MAX_NAME = 64;
  private static final int MAX_DAYS = 3660;

  private StartRequest() {}

  /** Rejects days in the wrong order or more than 3660 days apart; null is not checked. */
  private static void checkOrder(LocalDate from, LocalDate to) {
    if (from != null && to != null && (to.isBefore(from) || from.plusDays(MAX_DAYS).isBefore(to))) {
      throw ProblemException.ofField("to", "invalid.days-order", MAX_DAYS);
    }
  }

  /** Reads a number from 0 to a maximum; the default if there is none. */
  private static int number(String field, String text, int usual, int max) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
      throw ProblemException.ofField(field, "invalid.whole-to", max);
    }
    return Integer.parseInt(text);
  }

  /**
   * Parameters that accompany a prompt file.
   *
   * @param owner owner of the new tasks
   * @param skipLimit maximum number of wrong lines
   */
  public record Import(String owner, int skipLimit, String reason) {

    private static final String OWNER = "owner";
    private static final int MAX_EMAIL = 254;

    /**
     * Parses the parameters of a request.
     *
     * @param owner e-mail or id of an account
     * @throws ProblemException if a parameter is invalid
     */
    public static Import of(TaskOwners owners, String owner, String skipLimit, String reason) {
      if (owner == null) {
        throw ProblemException.ofField(OWNER, "invalid.name");
      }
      String whose =
          owners
              .find(RequestFields.name(OWNER, owner, MAX_EMAIL))
              .orElseThrow(() -> ProblemException.ofField(OWNER, "invalid.owner"));
      int limit =
          number(
              "skipLimit", skipLimit, (int) BatchJobType.IMPORT.skipLimit(), PromptFile.MAX_LINES);
      if (!VisibleText.Check.isFit(reason, Audit.MAX_REASON)) {
        throw ProblemException.ofField("reason", "invalid.reason");
      }
      return new Import(whose, limit, reason);
    }
  }

  /**
   * Body of {@code POST /api/admin/batch/redrive}; null matches every task.
   *
   * @param stage failed stage
   * @param code reason of the failure
   * @param provider provider of the last submission in that stage
   * @param owner owner of the tasks
   * @param from earliest time of the failure, inclusive
   * @param before latest time of the failure, exclusive
   * @param retry stage to retry; null for the failed stage
   */
  @RequestBody
  public record Redrive(
      String stage,
      String code,
      String provider,
      String owner,
      String from,
      String before,
      String retry,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

    /**
     * Returns the order.
     *
     * @throws ProblemException if a field is invalid
     */
    public RedriveOrder order() {
      return new RedriveOrder(
          new RedriveOrder.Filter(
              RequestFields.oneOf(Stage.class, "stage", stage),
              RequestFields.oneOf(FailureCode.class, "code", code),
              RequestFields.name("provider", provider, MAX_NAME),
              RequestFields.name("owner", owner, MAX_NAME),
              RequestFields.time("from", from),
              RequestFields.time("before", before)),
          RequestFields.oneOf(Stage.class, "retry", retry));
    }
  }

  /**
   * Body of {@code POST /api/admin/batch/retention}.
   *
   * @param days minimum number of days since a finished task's last change
   */
  @RequestBody
  public record Retention(
      @NotNull(message = "invalid.days")
          @Min(value = 1, message = "invalid.days")
          @Max(value = 3650, message = "invalid.days")
          Integer days,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}

  /**
   * Body of {@code POST /api/admin/batch/dwell-report}.
   *
   * @param from first day; null for the last computed day
   * @param to last day; null for today
   */
  @RequestBody
  public record DwellReport(
      String from,
      String to,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

    /**
     * Returns the first day; null for the last computed day.
     *
     * @throws ProblemException if the text is not a day
     */
    public LocalDate firstDay() {
      return RequestFields.day("from", from);
    }

    /**
     * Returns the last day; null for today.
     *
     * @throws ProblemException if the text is not a day, or the day is before the first or too far
     *     after it
     */
    public LocalDate lastDay() {
      LocalDate day = RequestFields.day("to", to);
      checkOrder(firstDay(), day);
      return day;
    }
  }
}
