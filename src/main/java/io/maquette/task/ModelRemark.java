package io.maquette.task;

/** Remark about a stored model for the user. */
public enum ModelRemark {
  /** The server cannot read a texture; other formats contain the material's colour instead. */
  TEXTURES_UNREADABLE,
  /** The model is compressed with Draco; browsers show it, but the server cannot convert it. */
  NOT_CONVERTIBLE_DRACO,
  /** The model requires an unsupported glTF extension, so the server cannot convert it. */
  NOT_CONVERTIBLE_EXTENSION,
  /** The geometry is in another file, which is not in the store. */
  NOT_CONVERTIBLE_EXTERNAL_DATA,
  /** The model is too large for conversion. */
  NOT_CONVERTIBLE_TOO_LARGE,
  /** The file breaks the glTF specification. */
  NOT_CONVERTIBLE_DAMAGED
}
