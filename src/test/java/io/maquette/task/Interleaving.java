package io.maquette.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sequence of steps of users, workers and nodes. The steps are plain data, and their numbers are
 * taken modulo the number of choices. So any part of an interleaving is valid, too, and a failing
 * one can be shortened by dropping steps.
 */
record Interleaving(List<Step> steps) {

  /** Kind of a step, with its relative frequency. */
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
   * @param who selects the task, the node or the worker thread
   * @param how selects the outcome
   */
  record Step(Kind kind, int who, int how) {
    @Override
    public String toString() {
      return "new Step(Kind." + kind + ", " + who + ", " + how + ")";
    }
  }

  private static final Step GRANTED = new Step(Kind.ASK, 0, 2);
  private static final Step ACCEPTED = new Step(Kind.ANSWER, 0, 9);

  private static final int CHOICES = 120; // a multiple of every possible number of choices
  private static final int WEIGHTS =
      List.of(Kind.values()).stream().mapToInt(kind -> kind.weight).sum();

  /** Returns the interleaving of a seed: a fixed beginning and random steps. */
  static Interleaving of(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>(beginning(Math.floorMod(seed, 5)));
    while (steps.size() < length) {
      steps.add(new Step(kind(random), random.nextInt(CHOICES), random.nextInt(CHOICES)));
    }
    return new Interleaving(steps);
  }

  /** Returns steps that lead to situations which random steps rarely reach. */
  private static List<Step> beginning(int which) {
    List<Step> steps = new ArrayList<>();
    switch (which) {
      case 1 -> { // three tasks, two with open jobs, so the limit of open jobs is reached
        for (int task = 0; task < 3; task++) {
          steps.addAll(picturesChosen(task));
        }
        for (int model = 0; model < 2; model++) {
          steps.addAll(submission());
          steps.add(ACCEPTED);
        }
      }
      case 2 -> { // a submission with two unknown outcomes
        steps.addAll(picturesChosen(0));
        steps.addAll(submission());
        for (int unknown = 0; unknown < 2; unknown++) {
          steps.add(new Step(Kind.ANSWER, 0, 1));
          steps.add(new Step(Kind.SETTLE, 0, 4));
          steps.add(new Step(Kind.CLAIM_POLLING, 0, 0));
          steps.add(GRANTED);
        }
      }
      case 3 -> { // a task with four expired leases in a row
        steps.add(new Step(Kind.CREATE, 0, 0));
        steps.add(new Step(Kind.CLAIM_PICTURES, 0, 0));
        for (int left = 0; left < 4; left++) {
          steps.add(new Step(Kind.LEASE_ENDS, 0, 0));
          steps.add(new Step(Kind.CLAIM_PICTURES, 0, 0));
        }
      }
      case 4 -> { // a completed model
        steps.addAll(picturesChosen(0));
        steps.addAll(submission());
        steps.add(ACCEPTED);
        steps.add(new Step(Kind.CLAIM_POLLING, 0, 0));
        steps.add(new Step(Kind.POLL, 0, 3));
      }
      default -> {
        return steps;
      }
    }
    return steps;
  }

  private static List<Step> picturesChosen(int task) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(Kind.CREATE, 0, 0));
    steps.add(new Step(Kind.CLAIM_PICTURES, 0, 0));
    for (int image = 0; image < Task.IMAGE_COUNT; image++) {
      steps.add(GRANTED);
      steps.add(ACCEPTED);
    }
    steps.add(new Step(Kind.SELECT, task, 0));
    return steps;
  }

  private static List<Step> submission() {
    return List.of(new Step(Kind.CLAIM_SUBMISSION, 0, 0), GRANTED);
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
   * Drops steps that the failure does not need, first halves and finally single steps.
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
