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
 * One submission to a provider: written before it is made, and completed by what came of it. A row
 * that was never completed tells that nobody knows whether the provider has taken the job, and may
 * be paid for it.
 */
@Entity
@Table(name = "provider_call")
public class ProviderCall {

  /** What came of a submission. */
  public enum Outcome {
    /** It is being made, or its node ended before an answer came. */
    SUBMITTING,
    /** The provider has taken it; it may cost. */
    ACCEPTED,
    /** The provider has not taken it; {@code problem} says why. */
    REFUSED,
    /** It may have been taken: the connection broke off, or the answer could not be read. */
    UNKNOWN
  }

  static final int ERROR_LENGTH = 500;

  /** The sequence of their numbers. */
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
  private String cancellation;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  @Column(name = "answered_at")
  private Instant answeredAt;

  /** For JPA. */
  protected ProviderCall() {}

  /**
   * A submission that is about to be made.
   *
   * @param failedAttempts of the task's step so far
   * @param reason why it is made again; null if it is the first
   */
  public ProviderCall(
      long number,
      TaskClaim claim,
      int failedAttempts,
      PlannedSubmission call,
      String reason,
      ChangeContext by) {
    this.id = number;
    this.taskId = claim.taskId();
    this.stage = call.imageIndex() == null ? Stage.MODEL : Stage.IMAGE;
    this.imageIndex = call.imageIndex();
    this.attempt = failedAttempts + 1;
    this.provider = call.provider();
    this.reason = reason;
    this.node = by.node();
    this.outcome = Outcome.SUBMITTING;
    // never before the stage's work, by which its submissions are found
    this.submittedAt = by.notBefore(claim.startedAt()).at();
  }

  void accepted(AcceptedSubmission by, Instant at) {
    answer(Outcome.ACCEPTED, at);
    error = null; // it was thought to be lost
    jobId = by.jobId();
    requestId = by.requestId();
  }

  /** The provider has taken it, and its result could never be fetched. */
  void resultLost(String words) {
    error = shortened(words);
  }

  void refused(String why, String words, Instant at) {
    answer(Outcome.REFUSED, at);
    problem = why;
    error = shortened(words);
  }

  /**
   * Nobody knows, and perhaps nobody ever will.
   *
   * @param at when the call broke off; null where its node ended
   */
  void unknown(String words, Instant at) {
    answer(Outcome.UNKNOWN, at);
    error = shortened(words);
  }

  /** The answer came when nobody waited for it any more. */
  void late() {
    late = true;
  }

  /** What the job cost, in the provider's own unit. */
  public void cost(BigDecimal told) {
    credits = told;
  }

  /** What cancelling the job really did. */
  void cancelled(String effect) {
    cancellation = effect;
  }

  private void answer(Outcome to, Instant at) {
    outcome = to;
    boolean setBack = at != null && at.isBefore(submittedAt); // a clock was
    answeredAt = setBack ? submittedAt : at;
  }

  private static String shortened(String words) {
    return words == null || words.codePointCount(0, words.length()) <= ERROR_LENGTH
        ? words
        : words.substring(0, words.offsetByCodePoints(0, ERROR_LENGTH - 1)) + "…";
  }

  /** Number of the row over all tasks. */
  public Long id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  public Stage stage() {
    return stage;
  }

  /** Which of the four pictures; null for a model. */
  public Integer imageIndex() {
    return imageIndex;
  }

  /** Which try of the step, from 1. */
  public int attempt() {
    return attempt;
  }

  public String provider() {
    return provider;
  }

  /** The node that made it. */
  public String node() {
    return node;
  }

  /** Why it was made although one had been made before; null for the first. */
  public String reason() {
    return reason;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Whether the answer came after the task was cancelled, given up or taken over. */
  public boolean isLate() {
    return late;
  }

  /** The provider's id of the job; null where there is none. */
  public String jobId() {
    return jobId;
  }

  /** What the provider's support asks for; null where it told none. */
  public String requestId() {
    return requestId;
  }

  /** Name of the problem; null unless refused. */
  public String problem() {
    return problem;
  }

  /** The provider's own words; null if all went well. */
  public String error() {
    return error;
  }

  /** What it cost in the provider's own unit; null where that is not told. */
  public BigDecimal credits() {
    return credits;
  }

  /** What cancelling the job really did; null if it was not cancelled. */
  public String cancellation() {
    return cancellation;
  }

  public Instant submittedAt() {
    return submittedAt;
  }

  /**
   * When the answer came, or the call broke off; null while it is being made, and if its node
   * ended.
   */
  public Instant answeredAt() {
    return answeredAt;
  }

  /** How long the call took; null where it is not known when it ended. */
  public Duration duration() {
    return answeredAt == null ? null : Duration.between(submittedAt, answeredAt);
  }
}
