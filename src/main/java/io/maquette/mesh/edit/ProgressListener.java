package io.maquette.mesh.edit;

/** Receiver of the progress of an operation. */
@FunctionalInterface
public interface ProgressListener {

  /** Listener that ignores all reports. */
  ProgressListener NONE = share -> {};

  /**
   * Receives the progress. Reports never decrease.
   *
   * @param share of the work that is done, 0 to 1
   */
  void report(double share);
}
