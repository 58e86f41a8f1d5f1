package io.maquette.studio;

/**
 * Depth of a model at each corner of its cells: the distances of its front and its back from the
 * middle plane, in cells. A figure is rounded on both sides, and only its front has detail. Other
 * forms have a flat back.
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read by the mesh
record Profile(float[] front, float[] back) {

  /** Half the thickness in millimetres of a figure's outline and of bridges. */
  private static final double HALF_WALL = 0.9;

  /** Thickness in millimetres of the outline of a body with a flat back, and of plates. */
  private static final double WALL = 1.6;

  private static final double PLATE = 2.2;

  /** Thickness in millimetres of a sign's plate behind the middle plane. */
  private static final double SIGN_BACK = 1.5;

  /** Height in millimetres of a figure's outline above its plate, and of a coin's rim. */
  private static final double STEP = 1.2;

  private static final double RIM_HEIGHT = 1.6;
  private static final double RIM_WIDTH = 2;

  /** Depth of a body, of an ornament and of a relief, relative to a balloon's depth. */
  private static final double BODY = 0.85;

  private static final double ORNAMENT = 0.5;
  private static final double RELIEF = 0.3;
  private static final double MEDAL = 0.22;

  /** Depth of the deepest body, as a fraction of the longest side; wider ones are flatter. */
  private static final double DEEPEST = 0.26;

  /** Height difference of white and black, as a fraction of the longest side. */
  private static final double DETAIL = 0.045;

  /**
   * Inflated height at which detail reaches its full size, as a fraction of the longest side; it is
   * zero at the outline.
   */
  private static final double DETAIL_FROM = 0.025;

  /** Thickness in millimetres of a lithophane where the picture is white, and more where black. */
  private static final double THINNEST = 0.8;

  private static final double THICKER = 2.4;

  /** Computes the depth of a workpiece. */
  static Profile of(Workpiece piece, Sculpting.Form form) {
    return switch (form) {
      case LITHOPHANE -> flatBack(lithophane(piece));
      case RELIEF -> flatBack(raised(piece, PLATE, 0, RELIEF));
      case FLAT -> flatBack(raised(piece, WALL, 0, BODY));
      case ORNAMENT -> flatBack(raised(piece, PLATE, 0, ORNAMENT));
      case KEYCHAIN -> flatBack(raised(piece, PLATE, STEP, MEDAL));
      case COIN -> flatBack(withRim(piece, raised(piece, PLATE, STEP, MEDAL)));
      case STANDING -> piece.hasPlate() ? sign(piece) : body(piece);
      case ROUND -> body(piece);
    };
  }

  /** A raised figure on a plate that stands on a base, with a plain back. */
  private static Profile sign(Workpiece piece) {
    float[] front = raised(piece, HALF_WALL, STEP, MEDAL);
    float[] back = new float[front.length];
    int columns = piece.shape().width() + 1;
    for (int corner = 0; corner < front.length; corner++) {
      float least = piece.stand().depth(corner % columns, corner / columns);
      front[corner] = Math.max(least, front[corner]);
      back[corner] = -Math.max(least, (float) (SIGN_BACK * piece.millimetre()));
    }
    return new Profile(front, back);
  }

  private static Profile flatBack(float[] front) {
    return new Profile(front, new float[front.length]);
  }

  private static float[] lithophane(Workpiece piece) {
    float[] lightness = new Shading(piece.shape()).lightness();
    float[] front = new float[lightness.length];
    for (int corner = 0; corner < front.length; corner++) {
      front[corner] = (float) (piece.millimetre() * (THINNEST + THICKER * (1 - lightness[corner])));
    }
    return front;
  }

  private static float[] raised(Workpiece piece, double plate, double step, double depth) {
    float[] heights = Inflation.of(piece.figure());
    float[] detail = detail(piece, heights, depth);
    float[] front = new float[heights.length];
    for (int corner = 0; corner < front.length; corner++) {
      double stands = depth * heights[corner] + detail[corner];
      double foot = heights[corner] > 0 ? step : 0;
      front[corner] = (float) (piece.millimetre() * (plate + foot) + Math.max(0, stands));
    }
    return front;
  }

  private static float[] withRim(Workpiece piece, float[] front) {
    int columns = piece.shape().width() + 1;
    double[] circle = Workpiece.circle(piece.shape().bounds(), piece.shape());
    for (int corner = 0; corner < front.length; corner++) {
      int row = corner / columns;
      double far = Math.hypot(corner % columns - circle[0], row - circle[1]);
      if (far > circle[2] - RIM_WIDTH * piece.millimetre()) {
        front[corner] = (float) ((PLATE + RIM_HEIGHT) * piece.millimetre());
      }
    }
    return front;
  }

  private static Profile body(Workpiece piece) {
    float[] heights = Inflation.of(piece.figure());
    float[] detail = detail(piece, heights, BODY);
    double deepest = DEEPEST * piece.figure().bounds().longer();
    float[] front = new float[heights.length];
    float[] back = new float[heights.length];
    int columns = piece.shape().width() + 1;
    double wall = HALF_WALL * piece.millimetre();
    for (int corner = 0; corner < front.length; corner++) {
      double round = deepest * Math.tanh(BODY * heights[corner] / deepest);
      double least =
          piece.stand() == null ? 0 : piece.stand().depth(corner % columns, corner / columns);
      front[corner] = (float) Math.max(least, wall + Math.max(0, round + detail[corner]));
      back[corner] = (float) -Math.max(least, wall + round);
    }
    return new Profile(front, back);
  }

  /** Returns the height of the detail, which grows from the outline to the middle. */
  private static float[] detail(Workpiece piece, float[] heights, double depth) {
    float[] detail = new Shading(piece.figure()).detail();
    double longest = piece.figure().bounds().longer();
    double strength = depth < BODY ? Math.sqrt(depth / BODY) : 1;
    for (int corner = 0; corner < detail.length; corner++) {
      double share = Math.min(1, heights[corner] / (DETAIL_FROM * longest));
      detail[corner] *= (float) (strength * DETAIL * longest * share);
    }
    return detail;
  }
}
