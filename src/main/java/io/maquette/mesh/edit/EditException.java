package io.maquette.mesh.edit;

/** Failure of an operation because the model does not suit it. The message is for logs. */
public class EditException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Reason of the failure. */
  public enum Reason {
    /** The model or the result has more triangles than {@link EditMesh#MAX_FACES}. */
    TOO_MANY_FACES,
    /** The model has no triangle, or its box has no size. */
    EMPTY,
    /** The operation removes the whole model, or finds no solid in it. */
    NOTHING_LEFT,
    /** The wall is too thick for the model, so that no cavity remains. */
    WALL_TOO_THICK,
    /** No place at the bottom is large enough for a drain hole. */
    NO_PLACE_FOR_HOLE,
    /** The outline at the cut has too many points. */
    OUTLINE_TOO_COMPLEX,
    /** A cut needs a closed surface, and this one has open edges. */
    NOT_CLOSED
  }

  EditException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the reason. */
  public Reason reason() {
    return reason;
  }
}
