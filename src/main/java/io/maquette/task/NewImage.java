package io.maquette.task;

/**
 * Picture that a worker has stored.
 *
 * @param index place in the grid, from 0
 * @param variant the prompt variant that it was generated from
 * @param remark the provider's remark; null if there is none
 * @param file reference to the file in the store
 * @param left number of pictures that the task still lacks
 */
public record NewImage(int index, String variant, ImageRemark remark, FileRef file, int left) {

  /** Returns whether this picture completes the stage. */
  public boolean isLast() {
    return left == 0;
  }
}
