package io.maquette.generation;

import java.time.Instant;

/**
 * Why a provider is left alone for now.
 *
 * @param reason what it is
 * @param since when that began
 * @param until when it shall be tried again
 * @param words the provider's own, for operators
 */
public record Closure(Reason reason, Instant since, Instant until, String words) {

  /** What keeps tasks from a provider. */
  public enum Reason {
    /** An operator has paused it. */
    PAUSED,
    /** It asked for a pause, or has no room for another job. */
    BUSY,
    /** Calls to it failed again and again. */
    DOWN,
    /** Its account is empty. */
    OUT_OF_CREDIT,
    /** It no longer has the interface we were written to; an operator must act. */
    RETIRED,
    /** Results that were paid for cannot be fetched, so that no more are paid for. */
    UNFETCHED
  }
}
