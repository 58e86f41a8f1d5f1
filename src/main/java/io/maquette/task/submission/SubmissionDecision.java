package io.maquette.task.submission;

import java.time.Instant;

/** Decision of the submission ledger about a submission. */
public sealed interface SubmissionDecision {

  /**
   * The submission is permitted, and its row is written.
   *
   * @param call number of the row
   */
  record Granted(long call) implements SubmissionDecision {}

  /**
   * The worker must first look for an earlier submission at the provider, which may have accepted
   * it.
   *
   * @param call row of the earlier submission
   * @param submittedAt when the earlier submission was sent
   */
  record LookFirst(long call, Instant submittedAt) implements SubmissionDecision {}

  /**
   * The worker must wait: the provider may have accepted an earlier submission, and its answer may
   * still appear.
   *
   * @param until when the worker asks again
   */
  record Later(Instant until) implements SubmissionDecision {}

  /**
   * The submission is refused, because two submissions already have an unknown outcome.
   *
   * @param why reason, for operators
   */
  record Denied(String why) implements SubmissionDecision {}
}
