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
 * Threads of the server that stay for the next piece of work for a while. A server that captures an
 * application's context with every piece it is given looks through all of the application's JARs
 * each time, which Payara does; so it is given few pieces that do many of ours.
 */
final class Hands implements Executor {

  /** How long an idle thread waits for more. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static final Logger LOG = Logger.getLogger(Hands.class.getName());

  private final Executor threads;
  private final TransferQueue<Runnable> waiting = new LinkedTransferQueue<>();
  private final AtomicInteger serving = new AtomicInteger();
  private volatile boolean ended;

  /**
   * Takes threads as they are needed.
   *
   * @param threads gives a thread; where it has none left, or refuses more, what waits is done by
   *     whichever of those that it gave is free first
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
        // else a thread that is at work does it next
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
    } while (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()); // left here just now
  }

  private void doWhatWaits() {
    try {
      for (Runnable work = waiting.poll(); work != null; work = another()) {
        attempt(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends the thread
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // the server would tell nobody
      LOG.log(Level.WARNING, "A piece of work failed; the next one is done all the same", e);
    }
  }

  private Runnable another() throws InterruptedException {
    boolean unused = Thread.interrupted(); // it was meant for the work that has ended
    return ended ? waiting.poll() : waiting.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Keeps no thread any longer. */
  void end() {
    ended = true;
    while (waiting.tryTransfer(() -> {})) {
      LOG.fine("An idle thread goes back to the server");
    }
  }
}
