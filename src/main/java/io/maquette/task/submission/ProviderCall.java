package io.maquette.task.submission;

import io.maquette.task.ChangeContext;
import io.maquette.task.Stage;
import io.maquette.task.TaskClaim;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Ledger row of one submission to a provider. It is written before the request is sent and
 * completed with the answer. If it was never completed, the provider may have accepted the job, and
 * may charge for it.
 */
@Entity
@Table(name = "provider_call")
public class ProviderCall {

  /** Outcome of a submission. */
  public enum Outcome {
    /** The request is running, or its node ended before an answer arrived. */
    SUBMITTING,
    /** The provider accepted the request, which may cost money. */
    ACCEPTED,
    /** The provider did not accept the request; {@code problem} is the reason. */
    REFUSED,
    /**
     * The provider may have accepted the request: the connection broke, or the answer was
     * unreadable.
     */
    UNKNOWN
  }

  static final int ERROR_LENGTH = 500;

  /** Name of the sequence for row numbers. */
  public static final String NUMBERS = "provider_call_number";

  @Id private Long id;

  @Column(name = "task_id")
  private UUID taskId;

  @Enumerated(EnumType.STRING)
  private Stage stage;

  @Column(name = "image_index")
  private Integer imageIndex;

  private int attempt;
  private String provider;
  private String node;
  private String reason;

  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  private boolean late;

  @Column(name = "job_id")
  private String jobId;

  @Column(name = "request_id")
  private String requestId;

  private String problem;
  private String error;
  private BigDecimal credits;
  private String options;
  private String cancellation;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  @Column(name = "answered_at")
  private Instant answeredAt;

  /** For JPA. */
  protected ProviderCall() {}

  /**
   * Creates the row of a submission that is about to be sent.
   *
   * @param reason why the submission is repeated; null for the first one
   */
  public ProviderCall(
      long number, TaskClaim claim, String provider, String reason, ChangeContext by) {
    this.id = number;
    this.taskId = claim.taskId();
    this.stage = claim.isForPictures() ? Stage.IMAGE : Stage.MODEL;
    this.imageIndex = claim.imageIndex().orElse(null);
    this.attempt = claim.failedAttempts() + 1;
    this.provider = provider;
    this.reason = reason;
    this.node = by.node();
    this.options = claim.options().orElse(null);
    this.outcome = Outcome.SUBMITTING;
    // never before the start of the stage, because submissions are searched from that time on
    this.submittedAt = by.notBefore(claim.startedAt()).at();
  }

  void accepted(AcceptedSubmission by, Instant at) {
    answer(Outcome.ACCEPTED, at);
    error = null; // removes the note of an outcome that was thought to be lost
    jobId = by.jobId();
    requestId = by.requestId();
  }

  /** Records that the result of this accepted submission could never be fetched. */
  void resultLost(String words) {
    error = shortened(words);
  }

  void refused(String why, String words, Instant at) {
    answer(Outcome.REFUSED, at);
    problem = why;
    error = shortened(words);
  }

  /**
   * Records an unknown outcome, which may stay unknown.
   *
   * @param at when the request was broken off; null if its node ended
   */
  void unknown(String words, Instant at) {
    answer(Outcome.UNKNOWN, at);
    error = shortened(words);
  }

  /** Records that the answer arrived after the task had moved on. */
  void late() {
    late = true;
  }

  /** Sets the cost of the provider job, in the provider's unit. */
  public void cost(BigDecimal told) {
    credits = told;
  }

  /** Records the effect of cancelling the provider job. */
  void cancelled(String effect) {
    cancellation = effect;
  }

  private void answer(Outcome to, Instant at) {
    outcome = to;
    boolean setBack = at != null && at.isBefore(submittedAt); // a clock was set back
    answeredAt = setBack ? submittedAt : at;
  }

  private static String shortened(String words) {
    return words == null || words.codePointCount(0, words.length()) <= ERROR_LENGTH
        ? words
        : words.substring(0, words.offsetByCodePoints(0, ERROR_LENGTH - 1)) + "…";
  }

  /** Returns the number of the row, unique over all tasks. */
  public Long id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  public Stage stage() {
    return stage;
  }

  /** Returns the index of the picture; null for a model. */
  public Integer imageIndex() {
    return imageIndex;
  }

  /** Returns the attempt of the step, from 1. */
  public int attempt() {
    return attempt;
  }

  public String provider() {
    return provider;
  }

  /** Returns the node that sent the request. */
  public String node() {
    return node;
  }

  /** Returns why the submission was repeated; null for the first one. */
  public String reason() {
    return reason;
  }

  public Outcome outcome() {
    return outcome;
  }

  /**
   * Returns whether the answer arrived after the task was cancelled, failed or claimed by another
   * worker.
   */
  public boolean isLate() {
    return late;
  }

  /** Returns the provider job id; null if there is none. */
  public String jobId() {
    return jobId;
  }

  /** Returns the request id for the provider's support; null if the provider sent none. */
  public String requestId() {
    return requestId;
  }

  /** Returns the name of the problem; null unless the request was refused. */
  public String problem() {
    return problem;
  }

  /** Returns the error text of the provider; null if there was no error. */
  public String error() {
    return error;
  }

  /** Returns the cost in the provider's unit; null if the provider does not report it. */
  public BigDecimal credits() {
    return credits;
  }

  /** Returns the options of the user as a JSON object; null if there are none. */
  public String options() {
    return options;
  }

  /** Returns the effect of cancelling the provider job; null if it was not cancelled. */
  public String cancellation() {
    return cancellation;
  }

  public Instant submittedAt() {
    return submittedAt;
  }

  /**
   * Returns when the answer arrived or the request was broken off; null while the request runs or
   * if its node ended.
   */
  public Instant answeredAt() {
    return answeredAt;
  }

  /** Returns the duration of the request; null if its end is unknown. */
  public Duration duration() {
    return answeredAt == null ? null : Duration.between(submittedAt, answeredAt);
  }
}
