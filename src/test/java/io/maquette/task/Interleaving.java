package io.maquette.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What people, workers and the machine do, one after the other. The steps are plain data: their
 * numbers are taken modulo what there is to choose from, so that any part of an interleaving is one
 * too, and a failing one can be made short by leaving steps out.
 */
record Interleaving(List<Step> steps) {

  /** What is done; how often it is drawn. */
  enum Kind {
    CREATE(3),
    SELECT(5),
    CANCEL(1),
    RETRY_IMAGES(1),
    RETRY_MODEL(2),
    DELETE(1),
    CLAIM_PICTURES(5),
    CLAIM_SUBMISSION(4),
    CLAIM_POLLING(5),
    ASK(16),
    ANSWER(16),
    SETTLE(3),
    POLL(6),
    CHANGE_PROVIDER(1),
    REPEAT(2),
    ABANDON(1),
    LEASE_ENDS(4),
    NODE_RESTARTS(1),
    NODE_STOPS(1),
    SWEEP(1);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /**
   * One step.
   *
   * @param who chooses the task, the node or the worker's hand
   * @param how chooses what comes of it
   */
  record Step(Kind kind, int who, int how) {
    @Override
    public String toString() {
      return "new Step(Kind." + kind + ", " + who + ", " + how + ")";
    }
  }

  private static final int CHOICES = 120; // a multiple of every number of things to choose from
  private static final int WEIGHTS =
      List.of(Kind.values()).stream().mapToInt(kind -> kind.weight).sum();

  /** The interleaving that belongs to a seed. */
  static Interleaving of(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      steps.add(new Step(kind(random), random.nextInt(CHOICES), random.nextInt(CHOICES)));
    }
    return new Interleaving(steps);
  }

  private static Kind kind(SplittableRandom random) {
    int drawn = random.nextInt(WEIGHTS);
    for (Kind kind : Kind.values()) {
      drawn -= kind.weight;
      if (drawn < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("weights");
  }

  /**
   * Leaves out what is not needed to fail: halves first, single steps last.
   *
   * @param fails runs an interleaving from the beginning
   */
  Interleaving shortest(Predicate<Interleaving> fails) {
    List<Step> kept = new ArrayList<>(steps);
    for (int part = kept.size() / 2; part > 0; part /= 2) {
      int from = 0;
      while (from < kept.size()) {
        List<Step> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(from + part, kept.size())).clear();
        if (fails.test(new Interleaving(fewer))) {
          kept = fewer;
        } else {
          from += part;
        }
      }
    }
    return new Interleaving(kept);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(",\n", "\n", "\n"));
  }
}
