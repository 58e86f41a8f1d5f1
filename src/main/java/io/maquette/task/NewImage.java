package io.maquette.task;

/**
 * A picture that a worker has stored.
 *
 * @param index its place in the grid
 * @param variant what it was drawn from
 * @param remark what its provider says of it; null where it says nothing
 * @param file where it is
 * @param left how many the task lacks then
 */
public record NewImage(int index, String variant, ImageRemark remark, FileRef file, int left) {

  /** Whether it completes the stage. */
  public boolean isLast() {
    return left == 0;
  }
}
