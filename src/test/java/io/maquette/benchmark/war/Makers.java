package io.maquette.benchmark.war;

import io.maquette.task.TaskChanged;
import io.maquette.task.TaskChanges;
import io.maquette.task.TaskService;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Makers who create tasks and choose a picture as soon as all four are there, in the server. */
@ApplicationScoped
public class Makers {

  private static final int AT_ONCE = 8;
  private static final String OWNER = "dev";
  private static final long PATIENCE_MINUTES = 20;

  private final Queue<UUID> held = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch pictured = new CountDownLatch(0);
  private volatile CountDownLatch completed = new CountDownLatch(0);
  private volatile boolean choosing;

  @Inject private TaskService tasks;
  @Inject private Executor executor;

  /** Takes so many tasks from a sentence to a model and returns the nanoseconds that took. */
  long whole(int count) throws InterruptedException {
    choosing = true;
    completed = new CountDownLatch(count);
    long began = System.nanoTime();
    create(count);
    completed.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    return System.nanoTime() - began;
  }

  /** Creates so many tasks, one after the other at this rate, and returns when all are done. */
  void steady(int count, int perSecond) throws InterruptedException {
    choosing = true;
    completed = new CountDownLatch(count);
    long began = System.nanoTime();
    for (int next = 0; next < count; next++) {
      long wait = began + next * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
      LockSupport.parkNanos(wait);
      tasks.create(OWNER, "steady task " + next, null);
    }
    completed.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  /** Has the pictures of so many tasks made. */
  void pictures(int count) throws InterruptedException {
    choosing = false;
    pictured = new CountDownLatch(count);
    create(count);
    pictured.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  /** Goes on with these, and returns the nanoseconds from the first choice to the last model. */
  long models() throws InterruptedException {
    List<UUID> chosen = new ArrayList<>(held);
    held.clear();
    completed = new CountDownLatch(chosen.size());
    long began = System.nanoTime();
    atOnce(chosen.size(), next -> tasks.selectImage(OWNER, chosen.get(next), 0));
    completed.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    return System.nanoTime() - began;
  }

  private interface Act {
    void on(int number);
  }

  private void create(int count) throws InterruptedException {
    atOnce(count, next -> tasks.create(OWNER, "benchmark task " + next, null));
  }

  private void atOnce(int count, Act act) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(AT_ONCE);
    for (int maker = 0; maker < AT_ONCE; maker++) {
      executor.execute(
          () -> {
            try {
              for (int number = next.getAndIncrement();
                  number < count;
                  number = next.getAndIncrement()) {
                act.on(number);
              }
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
  }

  void afterChanges(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanges changes) {
    changes.all().forEach(this::afterChange);
  }

  private void afterChange(TaskChanged change) {
    if (change.to() == change.from()) {
      return;
    }
    if (change.to() == TaskStatus.IMAGE_COMPLETED) {
      if (choosing) {
        executor.execute(() -> tasks.selectImage(OWNER, change.taskId(), 0));
      } else {
        held.add(change.taskId());
        pictured.countDown();
      }
    } else if (change.to() == TaskStatus.MODEL_COMPLETED) {
      completed.countDown();
    }
  }
}
