package io.maquette.concurrent;

import io.maquette.persistence.UndoneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has pieces of work that come while others are being done, done together: one call of the real
 * thing for all that wait, by one of the threads that wait. Whoever comes while nothing is being
 * done is not held up, and nobody works on for others when its own piece is done.
 *
 * @param <W> a piece of work
 * @param <R> what comes of it
 */
public final class BatchingExecutor<W, R> {

  /** Does several pieces of work at once. */
  @FunctionalInterface
  public interface Doing<W, R> {

    /**
     * Does them all, or none of them if it throws.
     *
     * @return what came of each, in their order
     * @throws UndoneException if none was done for sure; after any other exception, all may have
     *     been
     */
    List<R> all(List<W> work);
  }

  /**
   * A piece of work.
   *
   * @param leads whether its thread is to do what waits; false once it is done
   */
  private record Piece<W, R>(
      W work, CompletableFuture<Boolean> leads, CompletableFuture<R> result) {}

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
  public BatchingExecutor(Doing<W, R> doing, int most, int lanes) {
    this.doing = doing;
    this.most = most;
    this.lanes = lanes;
  }

  /**
   * Has a piece of work done, alone or together with others.
   *
   * @throws RuntimeException what the work threw. Pieces that are undone together are done again
   *     one by one, each by its own thread, so that none fails for another's fault
   */
  public R have(W work) {
    Piece<W, R> mine = new Piece<>(work, new CompletableFuture<>(), new CompletableFuture<>());
    if (begins(mine) || mine.leads().join()) {
      lead(mine);
    }
    try {
      return mine.result().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UndoneException) {
        return alone(work);
      }
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

  private synchronized boolean begins(Piece<W, R> mine) {
    if (busy < lanes) {
      busy++;
      return true;
    }
    waiting.add(mine);
    return false;
  }

  private void lead(Piece<W, R> mine) {
    try {
      doTogether(with(mine));
    } finally {
      handOver();
    }
  }

  private synchronized List<Piece<W, R>> with(Piece<W, R> mine) {
    List<Piece<W, R>> pieces = new ArrayList<>();
    pieces.add(mine);
    while (pieces.size() < most && !waiting.isEmpty()) {
      pieces.add(waiting.poll());
    }
    return pieces;
  }

  private synchronized void handOver() {
    Piece<W, R> next = waiting.poll();
    if (next == null) {
      busy--;
    } else {
      next.leads().complete(true);
    }
  }

  private void doTogether(List<Piece<W, R>> pieces) {
    try {
      List<R> results = doing.all(pieces.stream().map(Piece::work).toList());
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).result().complete(results.get(i));
      }
    } catch (UndoneException e) {
      RuntimeException told = pieces.size() == 1 ? e.getCause() : e;
      pieces.forEach(piece -> piece.result().completeExceptionally(told));
    } catch (RuntimeException | Error e) {
      pieces.forEach(piece -> piece.result().completeExceptionally(e));
    }
    pieces.forEach(piece -> piece.leads().complete(false));
  }

  private R alone(W work) {
    try {
      return doing.all(List.of(work)).get(0);
    } catch (UndoneException e) {
      throw e.getCause();
    }
  }
}
