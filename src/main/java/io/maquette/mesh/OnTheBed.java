package io.maquette.mesh;

/** Surface in the coordinates of a build plate: Z up, with all minimum coordinates at 0. */
final class OnTheBed {

  private final float[] positions;
  private final float left;
  private final float front;
  private final float bottom;

  OnTheBed(Surface surface) {
    positions = surface.positions();
    left = surface.extent(0)[0];
    bottom = surface.extent(1)[0];
    front = -surface.extent(2)[1]; // the side nearest to the viewer
  }

  float x(int corner) {
    return positions[3 * corner] - left;
  }

  float y(int corner) {
    return -positions[3 * corner + 2] - front;
  }

  float z(int corner) {
    return positions[3 * corner + 1] - bottom;
  }
}
