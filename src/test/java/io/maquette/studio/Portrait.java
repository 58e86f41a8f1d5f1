package io.maquette.studio;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * Renderer of a textured model from a given viewpoint, lit from the upper left, without a browser.
 */
final class Portrait {

  private static final int BACKGROUND = 0xE9EDF2;

  /** Oversampling factor, for smooth edges. */
  private static final int FINER = 2;

  /** Fraction of the picture that the longest side fills. */
  private static final double FILLED = 0.84;

  private final int side;
  private final GlbWriter.Mesh mesh;
  private final BufferedImage skin;
  private final float[] x;
  private final float[] y;
  private final float[] z;
  private final float[] light;
  private final int[] pixels;
  private final float[] nearest;

  private Portrait(GlbWriter.Mesh mesh, int side) throws IOException {
    this.mesh = mesh;
    this.side = side;
    skin = ImageIO.read(new ByteArrayInputStream(mesh.skin()));
    int vertices = mesh.vertexCount();
    x = new float[vertices];
    y = new float[vertices];
    z = new float[vertices];
    light = new float[vertices];
    pixels = new int[side * side];
    nearest = new float[side * side];
  }

  /**
   * Renders the model.
   *
   * @param turn to the right, in radians
   * @param tilt towards the eye, in radians
   */
  static BufferedImage of(GlbWriter.Mesh mesh, int side, double turn, double tilt)
      throws IOException {
    BufferedImage fine = new Portrait(mesh, side * FINER).taken(turn, tilt);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(fine, 0, 0, side, side, null);
    graphics.dispose();
    return image;
  }

  private BufferedImage taken(double turn, double tilt) {
    float[] positions = mesh.positions();
    float[] normals = mesh.normals();
    float top = 0;
    float aside = 0;
    for (int i = 0; i < positions.length; i += 3) {
      aside = Math.max(aside, positions[i]);
      top = Math.max(top, positions[i + 1]);
    }
    double scale = side * FILLED / Math.max(2 * aside, top);
    for (int vertex = 0; vertex < x.length; vertex++) {
      int at = 3 * vertex;
      double[] place =
          turned(positions[at], positions[at + 1] - top / 2, positions[at + 2], turn, tilt);
      x[vertex] = (float) (side / 2.0 + scale * place[0]);
      y[vertex] = (float) (side / 2.0 - scale * place[1]);
      z[vertex] = (float) place[2];
      double[] normal = turned(normals[at], normals[at + 1], normals[at + 2], turn, tilt);
      double key = Math.max(0, -0.42 * normal[0] + 0.52 * normal[1] + 0.74 * normal[2]);
      double fill = Math.max(0, 0.8 * normal[0] + 0.3 * normal[2]);
      light[vertex] = (float) (0.46 + 0.56 * key + 0.16 * fill);
    }
    Arrays.fill(pixels, BACKGROUND);
    Arrays.fill(nearest, Float.NEGATIVE_INFINITY);
    for (int triangle = 0; triangle < mesh.indices().length; triangle += 3) {
      draw(mesh.indices()[triangle], mesh.indices()[triangle + 1], mesh.indices()[triangle + 2]);
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, side, side, pixels, 0, side);
    return image;
  }

  private static double[] turned(double px, double py, double pz, double turn, double tilt) {
    double right = Math.cos(turn) * px + Math.sin(turn) * pz;
    double near = -Math.sin(turn) * px + Math.cos(turn) * pz;
    return new double[] {
      right,
      Math.cos(tilt) * py - Math.sin(tilt) * near,
      Math.sin(tilt) * py + Math.cos(tilt) * near
    };
  }

  private void draw(int a, int b, int c) {
    float ux = x[b] - x[a];
    float uy = y[b] - y[a];
    float vx = x[c] - x[a];
    float vy = y[c] - y[a];
    float area = ux * vy - uy * vx;
    if (area >= 0) {
      return; // a back face
    }
    int left = (int) Math.max(0, Math.min(x[a], Math.min(x[b], x[c])));
    int right = (int) Math.min(side - 1, Math.max(x[a], Math.max(x[b], x[c])));
    int top = (int) Math.max(0, Math.min(y[a], Math.min(y[b], y[c])));
    int bottom = (int) Math.min(side - 1, Math.max(y[a], Math.max(y[b], y[c])));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float dx = column + 0.5f - x[a];
        float dy = row + 0.5f - y[a];
        float ofB = (dx * vy - dy * vx) / area;
        float ofC = (ux * dy - uy * dx) / area;
        float ofA = 1 - ofB - ofC;
        float depth = ofA * z[a] + ofB * z[b] + ofC * z[c];
        int pixel = row * side + column;
        if (ofA >= 0 && ofB >= 0 && ofC >= 0 && depth > nearest[pixel]) {
          nearest[pixel] = depth;
          float lit = ofA * light[a] + ofB * light[b] + ofC * light[c];
          pixels[pixel] = Tone.shade(colour(a, b, c, ofA, ofB, ofC), Math.min(1.15, lit));
        }
      }
    }
  }

  private int colour(int a, int b, int c, float ofA, float ofB, float ofC) {
    float[] places = mesh.places();
    float u = ofA * places[2 * a] + ofB * places[2 * b] + ofC * places[2 * c];
    float v = ofA * places[2 * a + 1] + ofB * places[2 * b + 1] + ofC * places[2 * c + 1];
    int column = Math.max(0, Math.min(skin.getWidth() - 1, (int) (u * skin.getWidth())));
    int row = Math.max(0, Math.min(skin.getHeight() - 1, (int) (v * skin.getHeight())));
    return skin.getRGB(column, row) & 0xFFFFFF;
  }
}
