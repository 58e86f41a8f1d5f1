package io.maquette.mesh;

/**
 * A surface as printers have it: Z is up, it stands on 0, and nothing is left of 0 or before it.
 */
final class OnTheBed {

  private final float[] positions;
  private final float left;
  private final float front;
  private final float bottom;

  OnTheBed(Surface surface) {
    positions = surface.positions();
    left = surface.extent(0)[0];
    bottom = surface.extent(1)[0];
    front = -surface.extent(2)[1]; // what is nearest to whoever looks
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
