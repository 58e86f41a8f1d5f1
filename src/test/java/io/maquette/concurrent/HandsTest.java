package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandsTest {

  private final ExecutorService server = Executors.newCachedThreadPool();
  private final AtomicInteger given = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Hands hands =
      new Hands(
          work -> {
            given.incrementAndGet();
            server.execute(
                () -> {
                  work.run();
                  ended.incrementAndGet();
                });
          });

  @AfterEach
  void end() {
    server.shutdownNow();
  }

  private void doAndAwait(Runnable work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    hands.execute(
        () -> {
          work.run();
          done.countDown();
        });
    done.await();
  }

  @Test
  void oneThreadDoesManyPiecesOneAfterTheOther() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 50; i++) {
      doAndAwait(() -> threads.add(Thread.currentThread()));
      await().pollDelay(Duration.ZERO).until(() -> given.get() < 50);
    }
    assertThat(threads.size()).isLessThan(50);
    assertThat(given.get()).isLessThan(50);
  }

  @Test
  void nothingWaitsForAThreadThatIsBusy() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    hands.execute(
        () -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    doAndAwait(() -> {});
    gate.countDown();
    assertThat(given).hasValue(2);
  }

  @Test
  void anInterruptionThatCameTooLateDoesNotReachTheNextPiece() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    doAndAwait(() -> Thread.currentThread().interrupt());
    for (int i = 0; i < 20; i++) {
      doAndAwait(
          () -> {
            if (Thread.currentThread().isInterrupted()) {
              interrupted.incrementAndGet();
            }
          });
    }
    assertThat(interrupted).hasValue(0);
  }

  @Test
  void threadsThatHaveNothingToDoGoBackToTheServer() throws Exception {
    doAndAwait(() -> {});
    hands.end();
    await().untilAsserted(() -> assertThat(ended).hasValue(given.get()));
  }

  @Test
  void whatAServerHasNoThreadForIsDoneByWhicheverIsFreeFirst() throws Exception {
    assertNothingIsLost(Executors.newFixedThreadPool(2)); // further work waits
  }

  @Test
  void whatAServerRefusesIsDoneByWhicheverIsFreeFirst() throws Exception {
    assertNothingIsLost(
        new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>()));
  }

  private static void assertNothingIsLost(ExecutorService two) throws Exception {
    try {
      Hands few = new Hands(two);
      CountDownLatch gate = new CountDownLatch(1);
      CountDownLatch begun = new CountDownLatch(2);
      CountDownLatch done = new CountDownLatch(10);
      for (int i = 0; i < 2; i++) {
        few.execute(
            () -> {
              begun.countDown();
              try {
                gate.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
      }
      begun.await();
      for (int i = 0; i < 10; i++) {
        few.execute(done::countDown);
      }
      long freed = System.nanoTime();
      gate.countDown();
      done.await();
      assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(Duration.ofSeconds(1));
    } finally {
      two.shutdownNow();
    }
  }

  @Test
  void aServerThatRefusesIsHeard() {
    Hands refused =
        new Hands(
            work -> {
              throw new RejectedExecutionException("full");
            });
    assertThatThrownBy(() -> refused.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
