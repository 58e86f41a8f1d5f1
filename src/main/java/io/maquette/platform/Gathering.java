package io.maquette.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has pieces of work that come while others are being done, done together: one call of the real
 * thing for all that wait, by one of the threads that wait. Whoever comes while nothing is being
 * done is not held up.
 *
 * @param <W> a piece of work
 * @param <R> what comes of it
 */
public final class Gathering<W, R> {

  /** Does several pieces of work at once. */
  @FunctionalInterface
  public interface Doing<W, R> {

    /**
     * Does them all, or none of them if it throws.
     *
     * @return what came of each, in their order
     */
    List<R> all(List<W> work);
  }

  private record Piece<W, R>(W work, CompletableFuture<R> result) {}

  private final Doing<W, R> doing;
  private final int most;
  private final int lanes;
  private final Deque<Piece<W, R>> waiting = new ArrayDeque<>();
  private int busy;

  /**
   * Gathers.
   *
   * @param most how many pieces are done at once; positive
   * @param lanes how many calls may be under way at the same time; positive
   */
  public Gathering(Doing<W, R> doing, int most, int lanes) {
    this.doing = doing;
    this.most = most;
    this.lanes = lanes;
  }

  /**
   * Has a piece of work done, alone or together with others.
   *
   * @throws RuntimeException what the work threw when it was done alone: pieces that fail together
   *     are done again one by one, so that none fails for another's fault
   */
  public R have(W work) {
    Piece<W, R> mine = new Piece<>(work, new CompletableFuture<>());
    boolean leads;
    synchronized (this) {
      waiting.add(mine);
      leads = busy < lanes;
      if (leads) {
        busy++;
      }
    }
    if (leads) {
      lead();
    }
    try {
      return mine.result().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** How many pieces wait while others are being done. */
  synchronized int waiting() {
    return waiting.size();
  }

  private void lead() {
    for (List<Piece<W, R>> pieces = next(); !pieces.isEmpty(); pieces = next()) {
      doTogether(pieces);
    }
  }

  /** What is to be done now; nothing ends the lead, so that nobody is left waiting. */
  private synchronized List<Piece<W, R>> next() {
    List<Piece<W, R>> pieces = new ArrayList<>();
    while (pieces.size() < most && !waiting.isEmpty()) {
      pieces.add(waiting.poll());
    }
    if (pieces.isEmpty()) {
      busy--;
    }
    return pieces;
  }

  private void doTogether(List<Piece<W, R>> pieces) {
    try {
      List<R> results = doing.all(pieces.stream().map(Piece::work).toList());
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (pieces.size() == 1) {
        pieces.get(0).result().completeExceptionally(e);
      } else {
        pieces.forEach(piece -> doTogether(List.of(piece)));
      }
    }
  }
}
