package io.maquette.it.scripted;

import io.maquette.provider.ProviderException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Instructions of tests for the scripted providers in the same server. Those for a task are found
 * by a part of its prompt; without any, everything succeeds at once.
 */
public final class Script {

  /** Where a provider may be held or made to fail. */
  public enum Point {
    IMAGE,
    SUBMIT,
    QUERY
  }

  private record Place(String word, Point point) {}

  private static final Map<Place, CountDownLatch> HELD = new ConcurrentHashMap<>();
  private static final Map<Place, Queue<Supplier<ProviderException>>> FAILURES =
      new ConcurrentHashMap<>();
  private static final long LONGEST_HOLD_SECONDS = 120;

  private Script() {}

  /** Holds every call at this point for tasks whose prompt has the word, until released. */
  public static void hold(String word, Point point) {
    HELD.put(new Place(word, point), new CountDownLatch(1));
  }

  /** Lets the held calls go on. */
  public static void release(String word, Point point) {
    CountDownLatch held = HELD.remove(new Place(word, point));
    if (held != null) {
      held.countDown();
    }
  }

  /** Makes the next calls at this point fail, one after the other. */
  public static void fail(
      String word, Point point, int times, Supplier<ProviderException> failure) {
    Queue<Supplier<ProviderException>> queue =
        FAILURES.computeIfAbsent(new Place(word, point), place -> new ConcurrentLinkedQueue<>());
    for (int i = 0; i < times; i++) {
      queue.add(failure);
    }
  }

  static boolean isHeld(String prompt, Point point) {
    return HELD.keySet().stream()
        .anyMatch(place -> place.point() == point && prompt.contains(place.word()));
  }

  static void follow(String prompt, Point point) throws ProviderException {
    for (Map.Entry<Place, CountDownLatch> entry : HELD.entrySet()) {
      if (entry.getKey().point() == point && prompt.contains(entry.getKey().word())) {
        try {
          entry.getValue().await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    for (Map.Entry<Place, Queue<Supplier<ProviderException>>> entry : FAILURES.entrySet()) {
      if (entry.getKey().point() == point && prompt.contains(entry.getKey().word())) {
        Supplier<ProviderException> failure = entry.getValue().poll();
        if (failure != null) {
          throw failure.get();
        }
      }
    }
  }
}
