package io.maquette.platform;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the server that stay for the next piece of work for a while. A server that captures an
 * application's context with every piece it is given looks through all of the application's JARs
 * each time, which Payara does; so it is given few pieces that do many of ours.
 */
final class Hands implements Executor {

  /** How long an idle thread waits for more. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final Executor threads;
  private final SynchronousQueue<Runnable> next = new SynchronousQueue<>();
  private volatile boolean ended;

  /**
   * Takes threads as they are needed.
   *
   * @param threads gives each piece of work a thread at once, or refuses it
   */
  Hands(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable work) {
    if (!next.offer(work)) {
      threads.execute(() -> serve(work));
    }
  }

  private void serve(Runnable first) {
    try {
      for (Runnable work = first; work != null; work = another()) {
        work.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends the thread
    }
  }

  private Runnable another() throws InterruptedException {
    boolean unused = Thread.interrupted(); // it was meant for the work that has ended
    return ended ? null : next.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Keeps no thread any longer. */
  void end() {
    ended = true;
  }
}
