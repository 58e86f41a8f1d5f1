package io.maquette.studio;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import io.maquette.provider.ProviderException;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Options of a model made from a picture.
 *
 * @param faces approximate maximum number of triangles; a simple picture gives fewer
 */
record Sculpting(Form form, int faces) {

  /** Form of the model. */
  enum Form {
    /** A figure that is rounded on both sides, with a plain back. */
    ROUND(0.08f),
    /** The same on a base, so that it stands. */
    STANDING(0.08f),
    /** A rounded front on a flat back. */
    FLAT(0.08f),
    /** A relief on a plate as large as the picture. */
    RELIEF(0.08f),
    /** A plate that is thinner where the picture is lighter, to be viewed against light. */
    LITHOPHANE(0.08f),
    /** A raised figure on a plate of its outline, with a loop for a ring. */
    KEYCHAIN(0.06f),
    /** A raised figure on a round plate with a rim. */
    COIN(0.05f),
    /** A rounded front on a flat back, with a loop to hang it up. */
    ORNAMENT(0.08f);

    private final float longestSide;

    Form(float longestSide) {
      this.longestSide = longestSide;
    }

    /** Returns the usual length of the longest side, in metres. */
    float longestSide() {
      return longestSide;
    }

    /** Returns whether the model contains the whole picture. */
    boolean isPicture() {
      return this == RELIEF || this == LITHOPHANE;
    }
  }

  static final Sculpting DEFAULT = new Sculpting(Form.STANDING, 60_000);

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

  /**
   * Makes a model of a picture.
   *
   * @throws ProviderException REFUSED if the picture shows nothing
   */
  GlbWriter.Mesh model(BufferedImage picture) throws ProviderException {
    Foreground firstLook = Foreground.in(picture, FIRST_LOOK);
    Foreground subject = Foreground.in(picture, gridFor(firstLook));
    Workpiece piece = Workpiece.of(subject, form);
    byte[] skin = TextureBuilder.of(picture, subject, piece, form);
    return SolidBuilder.of(piece.shape(), Profile.of(piece, form), form.longestSide(), skin);
  }

  /**
   * Returns the number of cells along the longer side of the picture that gives about the requested
   * number of faces.
   */
  private int gridFor(Foreground firstLook) {
    long cells = Workpiece.of(firstLook, form).shape().cells();
    // two triangles per cell on each side, and the wall
    double scale = Math.sqrt(faces / (4.2 * cells));
    int grid = (int) (Math.max(firstLook.width(), firstLook.height()) * scale);
    return Math.max(COARSEST, Math.min(FINEST, grid));
  }
}
