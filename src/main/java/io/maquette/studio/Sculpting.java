package io.maquette.studio;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.util.Locale;

/**
 * How models are made of pictures.
 *
 * @param faces about how many triangles a model has at most; less where there is not so much to
 *     show
 */
record Sculpting(Form form, int faces) {

  /** What a picture becomes. */
  enum Form {
    /** A rounded body whose back mirrors its front. */
    ROUND,
    /** The same on a round plate, so that it stands. */
    STANDING,
    /** A rounded front on a flat back. */
    FLAT,
    /** The front stands out of a plate as large as the picture. */
    RELIEF,
    /** A plate that is the thinner the lighter the picture is: it shows with light behind it. */
    LITHOPHANE
  }

  static final Sculpting DEFAULT = new Sculpting(Form.ROUND, 60_000);

  /** The most cells along a picture's longer side. */
  private static final int FINEST = 512;

  private static final int COARSEST = 48;

  /** Where the first look is taken, to see how much of the picture is filled. */
  private static final int FIRST_LOOK = 128;

  static Sculpting of(Settings settings) {
    return new Sculpting(
        Form.valueOf(settings.get(Setting.LOCAL_FORM).toUpperCase(Locale.ROOT)),
        settings.get(Setting.LOCAL_FACES));
  }

  /** Whether the whole of the picture is in the model. */
  boolean isPlate() {
    return form == Form.RELIEF || form == Form.LITHOPHANE;
  }

  /** The cells along the longer side with which a picture has about as many faces as wanted. */
  int gridFor(Foreground firstLook) {
    long cells =
        switch (form) {
          case RELIEF, LITHOPHANE -> (long) firstLook.width() * firstLook.height();
          case STANDING -> Baseplate.under(firstLook).shape().cells();
          case ROUND, FLAT -> firstLook.cells();
        };
    double scale = Math.sqrt(faces / (4.2 * cells)); // two on each side, and the wall
    int grid = (int) (Math.max(firstLook.width(), firstLook.height()) * scale);
    return Math.max(COARSEST, Math.min(FINEST, grid));
  }

  static int firstLook() {
    return FIRST_LOOK;
  }
}
