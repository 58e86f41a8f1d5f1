package io.maquette.mesh;

/**
 * Reason why a model file is refused or cannot be converted. {@code texts*.properties} has a
 * sentence for each, in every language, under {@code model-fault.} and its name.
 */
public enum ModelFault {
  /** The file is not binary glTF 2.0. */
  NOT_GLB,
  /** The file breaks the glTF specification: offsets, indices or numbers out of range. */
  DAMAGED,
  /** No triangle can be drawn. */
  EMPTY,
  /** The file is larger than the reader accepts. */
  TOO_LARGE,
  /** The scene has more triangles than the reader accepts. */
  TOO_MANY_FACES,
  /** The scene has more nodes than the reader accepts. */
  TOO_MANY_NODES,
  /** The geometry is in another file, which is not stored. */
  EXTERNAL_DATA,
  /** The geometry is compressed with Draco, which only the viewer decodes. */
  DRACO,
  /** The file requires an extension that is not supported. */
  EXTENSION
}
