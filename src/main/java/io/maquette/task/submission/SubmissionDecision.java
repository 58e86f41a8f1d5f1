package io.maquette.task.submission;

import java.time.Instant;

/** Whether a submission may be made now. */
public sealed interface SubmissionDecision {

  /**
   * It may; its row is written.
   *
   * @param call number of the row
   */
  record Granted(long call) implements SubmissionDecision {}

  /**
   * First it must be looked for at the provider: an earlier one may have been accepted.
   *
   * @param call number of the earlier one's row
   * @param submittedAt when that was made
   */
  record LookFirst(long call, Instant submittedAt) implements SubmissionDecision {}

  /**
   * Not yet: an earlier one may have been accepted, and its answer may still show.
   *
   * @param until when to ask again
   */
  record Later(Instant until) implements SubmissionDecision {}

  /**
   * Not any more: twice it could not be learned what came of it.
   *
   * @param why for operators
   */
  record Denied(String why) implements SubmissionDecision {}
}
