package io.maquette.files;

/** What happens next with a file of a task that was lost. */
public enum FileRemedy {
  /** The application fetches it again from the provider that made it. */
  FETCH_AGAIN,
  /** The model has to be made again: the user chooses a picture again. */
  MAKE_AGAIN,
  /** The picture cannot be fetched again: the user chooses another one or creates a new task. */
  DRAW_AGAIN,
  /** The user has to upload the picture again, in a new task. */
  UPLOAD_AGAIN
}
