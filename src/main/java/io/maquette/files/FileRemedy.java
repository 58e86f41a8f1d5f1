package io.maquette.files;

/** Next step for a lost file of a task. */
public enum FileRemedy {
  /** The application fetches the file again from the provider that made it. */
  FETCH_AGAIN,
  /** The user has to choose a picture again, so that a new model is generated. */
  MAKE_AGAIN,
  /** The picture cannot be fetched again: the user chooses another one or creates a new task. */
  DRAW_AGAIN,
  /** The user has to upload the picture again, in a new task. */
  UPLOAD_AGAIN
}
