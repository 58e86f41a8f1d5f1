package io.maquette.concurrent;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Thread pool of the application on managed threads of the server. It starts a thread when no idle
 * thread can take the work, and queues work when all threads are busy. The server's managed
 * executor is not used, because it captures the application's context with each piece of work:
 * Payara looks through all JAR files of the application to do so. A managed thread factory captures
 * the context once.
 */
final class ApplicationThreads extends ThreadPoolExecutor {

  private static final Logger LOG = Logger.getLogger(ApplicationThreads.class.getName());

  /** Time after which an idle thread ends. */
  private static final long IDLE_SECONDS = 2;

  /** Queue that accepts work only if an idle thread takes it, so that the pool grows first. */
  private static final class IdleThreadsFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable work) {
      return tryTransfer(work);
    }
  }

  /**
   * Creates a pool without threads.
   *
   * @param most maximum number of threads; positive
   * @param threads the server's managed thread factory
   */
  ApplicationThreads(int most, ThreadFactory threads) {
    super(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new IdleThreadsFirst(), threads);
    setRejectedExecutionHandler(ApplicationThreads::queue);
  }

  private static void queue(Runnable work, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("The application is stopping");
    }
    pool.getQueue().add(work);
  }

  /** Runs the work on a thread of the pool; an exception is logged and does not end the thread. */
  @Override
  public void execute(Runnable work) {
    super.execute(() -> attempt(work));
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // nothing else would log it
      LOG.log(Level.WARNING, "Background work failed", e);
    }
  }
}
