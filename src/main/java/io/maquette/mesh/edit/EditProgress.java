package io.maquette.mesh.edit;

/**
 * Progress of an operation, as a range of the progress of the whole work. Each report also checks
 * whether the thread is interrupted.
 */
final class EditProgress {

  private static final double MIN_CHANGE = 0.002;

  private final Whole whole;
  private final double from;
  private final double to;

  /** State that all ranges of one work share. */
  private static final class Whole {
    private final ProgressListener listener;
    private double reported = -1;

    Whole(ProgressListener listener) {
      this.listener = listener;
    }

    void report(double share) {
      if (share >= reported + MIN_CHANGE || (share >= 1 && reported < 1)) {
        reported = share;
        listener.report(share);
      }
    }
  }

  EditProgress(ProgressListener listener) {
    this(new Whole(listener), 0, 1);
  }

  private EditProgress(Whole whole, double from, double to) {
    this.whole = whole;
    this.from = from;
    this.to = to;
  }

  static EditProgress none() {
    return new EditProgress(ProgressListener.NONE);
  }

  /** Returns a range of this progress. */
  EditProgress part(double start, double end) {
    double length = to - from;
    return new EditProgress(whole, from + start * length, from + end * length);
  }

  /**
   * Reports the share of the work in this range that is done.
   *
   * @throws InterruptedException if the thread is interrupted; the interrupt is then cleared
   */
  void at(double share) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the work on the model was cancelled");
    }
    whole.report(from + Math.max(0, Math.min(1, share)) * (to - from));
  }

  /** Reports the share of a counted work; cheap enough for every step. */
  void at(long done, long all) throws InterruptedException {
    if ((done & 0xFFF) == 0) {
      at(all == 0 ? 1 : (double) done / all);
    }
  }
}
