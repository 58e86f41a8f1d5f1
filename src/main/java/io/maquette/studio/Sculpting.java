package io.maquette.studio;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import java.util.Locale;

/**
 * Options of a model made from a picture.
 *
 * @param faces approximate maximum number of triangles; a simple picture gives fewer
 */
record Sculpting(Form form, int faces) {

  /** Form of the model. */
  enum Form {
    /** A rounded body whose back mirrors its front. */
    ROUND,
    /** The same on a round plate, so that it stands. */
    STANDING,
    /** A rounded front on a flat back. */
    FLAT,
    /** A relief on a plate as large as the picture. */
    RELIEF,
    /** A plate that is thinner where the picture is lighter, to be viewed against light. */
    LITHOPHANE
  }

  static final Sculpting DEFAULT = new Sculpting(Form.ROUND, 60_000);

  /** Maximum number of cells along a picture's longer side. */
  private static final int FINEST = 512;

  private static final int COARSEST = 48;

  /**
   * Cells along the longer side for a first pass, which measures how much of the picture is filled.
   */
  private static final int FIRST_LOOK = 128;

  static Sculpting of(Settings settings) {
    return new Sculpting(
        Form.valueOf(settings.get(Setting.LOCAL_FORM).toUpperCase(Locale.ROOT)),
        settings.get(Setting.LOCAL_FACES));
  }

  /** Returns these options with those that the user has set. */
  Sculpting with(ModelOptions options) {
    return new Sculpting(
        options.form().map(name -> Form.valueOf(name.toUpperCase(Locale.ROOT))).orElse(form),
        options.faces().orElse(faces));
  }

  /** Returns whether the model contains the whole picture. */
  boolean isPlate() {
    return form == Form.RELIEF || form == Form.LITHOPHANE;
  }

  /**
   * Returns the number of cells along the longer side that gives about the requested number of
   * faces.
   */
  int gridFor(Foreground firstLook) {
    long cells =
        switch (form) {
          case RELIEF, LITHOPHANE -> (long) firstLook.width() * firstLook.height();
          case STANDING -> Baseplate.under(firstLook).shape().cells();
          case ROUND, FLAT -> firstLook.cells();
        };
    // two triangles per cell on each side, and the wall
    double scale = Math.sqrt(faces / (4.2 * cells));
    int grid = (int) (Math.max(firstLook.width(), firstLook.height()) * scale);
    return Math.max(COARSEST, Math.min(FINEST, grid));
  }

  static int firstLook() {
    return FIRST_LOOK;
  }
}
