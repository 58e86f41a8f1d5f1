package io.maquette.task;

/** What the user should know of a model as soon as it is stored. */
public enum ModelRemark {
  /** A texture cannot be read on the server: other formats have the material's colour instead. */
  TEXTURES_UNREADABLE,
  /** The model is compressed with Draco: it is shown, but other formats cannot be made. */
  NOT_CONVERTIBLE_DRACO,
  /** The model requires an extension that is not supported: other formats cannot be made. */
  NOT_CONVERTIBLE_EXTENSION,
  /** The geometry is in another file, which is not stored. */
  NOT_CONVERTIBLE_EXTERNAL_DATA,
  /** The model is too large to be converted. */
  NOT_CONVERTIBLE_TOO_LARGE,
  /** The file breaks the glTF specification. */
  NOT_CONVERTIBLE_DAMAGED
}
