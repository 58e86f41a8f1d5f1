package io.maquette.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Worker pool on top of the server's executor, whose threads wait a while for further work. With
 * each piece of work Payara captures the application's context, and looks through all its JARs to
 * do so. The pool submits a few long-running pieces, each of which runs many of the application's,
 * to avoid that cost.
 */
final class Hands implements Executor {

  /** Time that an idle thread waits for more work before it returns to the server. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static final Logger LOG = Logger.getLogger(Hands.class.getName());

  private final Executor threads;
  private final TransferQueue<Runnable> waiting = new LinkedTransferQueue<>();
  private final AtomicInteger serving = new AtomicInteger();
  private volatile boolean ended;

  /**
   * Creates a pool that takes threads as it needs them.
   *
   * @param threads supplies threads. If it rejects a request, the first of the pool's own threads
   *     that becomes free runs the queued work
   */
  Hands(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable work) {
    if (!waiting.tryTransfer(work)) {
      waiting.add(work);
      try {
        threads.execute(this::serve);
      } catch (RejectedExecutionException e) {
        // otherwise a busy thread runs it next
        if (serving.get() == 0 && waiting.remove(work)) {
          throw e;
        }
      }
    }
  }

  private void serve() {
    do {
      serving.incrementAndGet();
      try {
        doWhatWaits();
      } finally {
        serving.decrementAndGet();
      }
    } while (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()); // queued meanwhile
  }

  private void doWhatWaits() {
    try {
      for (Runnable work = waiting.poll(); work != null; work = another()) {
        attempt(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is stopping this thread
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // the server would not log it
      LOG.log(Level.WARNING, "A piece of work failed; the next one is done all the same", e);
    }
  }

  private Runnable another() throws InterruptedException {
    boolean unused = Thread.interrupted(); // meant for the work that has ended
    return ended ? waiting.poll() : waiting.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the pool; idle threads return to the server. */
  void end() {
    ended = true;
    while (waiting.tryTransfer(() -> {})) {
      LOG.fine("An idle thread goes back to the server");
    }
  }
}
