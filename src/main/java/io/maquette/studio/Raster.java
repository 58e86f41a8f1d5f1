package io.maquette.studio;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drawing as pixels, row by row from the top.
 *
 * @param side pixels across and down
 * @param argb not premultiplied; transparent where nothing is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read by the styles
record Raster(int side, int[] argb) {

  /** Pixels across of a sketch. */
  private static final int SKETCH = 128;

  /** Bounding box. */
  record Bounds(double left, double top, double right, double bottom) {
    double width() {
      return right - left;
    }

    double height() {
      return bottom - top;
    }
  }

  /** Draws SVG content with a view box of 32 x 32. */
  static Raster of(String svg, int side) {
    return drawn(svg, side, true);
  }

  /** Draws a small raster without antialiasing, to measure positions. */
  static Raster sketch(String svg) {
    return drawn(svg, SKETCH, false);
  }

  private static Raster drawn(String svg, int side, boolean fine) {
    String document =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">" + svg + "</svg>";
    SVGDocument parsed =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    if (parsed == null) {
      throw new IllegalStateException("a pictogram cannot be read: " + svg);
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        fine ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    parsed.render((java.awt.Component) null, graphics, new ViewBox(0, 0, side, side));
    graphics.dispose();
    return new Raster(side, ((DataBufferInt) image.getRaster().getDataBuffer()).getData());
  }

  boolean covers(int pixel) {
    return argb[pixel] >>> 24 >= 128;
  }

  /**
   * Returns the bounding box of the drawing, in units of the view box; all of it if nothing is
   * drawn.
   */
  Bounds bounds() {
    int left = side;
    int top = side;
    int right = -1;
    int bottom = -1;
    for (int pixel = 0; pixel < argb.length; pixel++) {
      if (covers(pixel)) {
        left = Math.min(left, pixel % side);
        right = Math.max(right, pixel % side);
        top = Math.min(top, pixel / side);
        bottom = Math.max(bottom, pixel / side);
      }
    }
    double unit = (double) Pictogram.SIDE / side;
    return right < 0
        ? new Bounds(0, 0, Pictogram.SIDE, Pictogram.SIDE)
        : new Bounds(left * unit, top * unit, (right + 1) * unit, (bottom + 1) * unit);
  }

  /** Returns the middle of the highest part, from the left, in units of the view box. */
  double middleOfTop() {
    Bounds bounds = bounds();
    double unit = (double) Pictogram.SIDE / side;
    int first = (int) (bounds.top() / unit);
    int last = (int) ((bounds.top() + 0.2 * bounds.height()) / unit);
    long sum = 0;
    int count = 0;
    for (int row = first; row <= last; row++) {
      for (int column = 0; column < side; column++) {
        if (covers(row * side + column)) {
          sum += column;
          count++;
        }
      }
    }
    return count == 0 ? Pictogram.SIDE / 2.0 : (sum / (double) count + 0.5) * unit;
  }

  /**
   * Returns the position of a seat on the drawing: its upper edge in the middle, from the top, in
   * units of the view box.
   */
  double seat() {
    Bounds bounds = bounds();
    double unit = (double) Pictogram.SIDE / side;
    int first = (int) ((bounds.left() + 0.38 * bounds.width()) / unit);
    int last = (int) ((bounds.left() + 0.62 * bounds.width()) / unit);
    int sum = 0;
    for (int column = first; column <= last; column++) {
      int row = (int) (bounds.top() / unit);
      while (row + 1 < side && !covers(row * side + column)) {
        row++;
      }
      sum += row;
    }
    double mean = unit * sum / (last - first + 1);
    return Math.min(mean, bounds.top() + 0.5 * bounds.height());
  }
}
