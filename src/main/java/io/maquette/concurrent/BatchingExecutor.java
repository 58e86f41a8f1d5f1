package io.maquette.concurrent;

import io.maquette.persistence.RolledBackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Executor that groups work of concurrent callers into batches. While all lanes are busy, new
 * pieces of work queue. When a lane becomes free, the thread of one queued piece runs the next
 * batch in a single call. A piece that finds a free lane runs at once. No thread runs a further
 * batch after its own piece is done.
 *
 * @param <W> a piece of work
 * @param <R> its result
 */
public final class BatchingExecutor<W, R> {

  /** Function that processes a batch. */
  @FunctionalInterface
  public interface BatchFunction<W, R> {

    /**
     * Processes all pieces, or none of them if it throws.
     *
     * @return the results, in the order of the pieces
     * @throws RolledBackException if certainly no piece was processed; after any other exception,
     *     all may have been
     */
    List<R> apply(List<W> work);
  }

  /**
   * A piece of work.
   *
   * @param becomesLeader completed with true when its thread must run the next batch, and with
   *     false when the piece is done
   */
  private record Piece<W, R>(
      W work, CompletableFuture<Boolean> becomesLeader, CompletableFuture<R> result) {}

  private final BatchFunction<W, R> function;
  private final int maxBatch;
  private final int lanes;
  private final Deque<Piece<W, R>> waiting = new ArrayDeque<>();
  private int busy;

  /**
   * Creates an executor.
   *
   * @param maxBatch maximum number of pieces in a batch; positive
   * @param lanes maximum number of batches at the same time; positive
   */
  public BatchingExecutor(BatchFunction<W, R> function, int maxBatch, int lanes) {
    this.function = function;
    this.maxBatch = maxBatch;
    this.lanes = lanes;
  }

  /**
   * Runs a piece of work, alone or in a batch, and waits for its result.
   *
   * @throws RuntimeException what the work threw. After an {@link RolledBackException} for a batch,
   *     each thread runs its own piece alone, so that no piece fails because of another one
   */
  public R submit(W work) {
    Piece<W, R> mine = new Piece<>(work, new CompletableFuture<>(), new CompletableFuture<>());
    if (begins(mine) || mine.becomesLeader().join()) {
      lead(mine);
    }
    try {
      return mine.result().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RolledBackException) {
        return alone(work);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Returns the number of queued pieces. */
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
      runBatch(batchOf(mine));
    } finally {
      handOver();
    }
  }

  private synchronized List<Piece<W, R>> batchOf(Piece<W, R> mine) {
    List<Piece<W, R>> pieces = new ArrayList<>();
    pieces.add(mine);
    while (pieces.size() < maxBatch && !waiting.isEmpty()) {
      pieces.add(waiting.poll());
    }
    return pieces;
  }

  private synchronized void handOver() {
    Piece<W, R> next = waiting.poll();
    if (next == null) {
      busy--;
    } else {
      next.becomesLeader().complete(true);
    }
  }

  private void runBatch(List<Piece<W, R>> pieces) {
    try {
      List<R> results = function.apply(pieces.stream().map(Piece::work).toList());
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).result().complete(results.get(i));
      }
    } catch (RolledBackException e) {
      RuntimeException failure = pieces.size() == 1 ? e.getCause() : e;
      pieces.forEach(piece -> piece.result().completeExceptionally(failure));
    } catch (RuntimeException | Error e) {
      pieces.forEach(piece -> piece.result().completeExceptionally(e));
    }
    pieces.forEach(piece -> piece.becomesLeader().complete(false));
  }

  private R alone(W work) {
    try {
      return function.apply(List.of(work)).get(0);
    } catch (RolledBackException e) {
      throw e.getCause();
    }
  }
}
