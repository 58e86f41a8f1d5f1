package io.maquette.mesh;

import io.maquette.storage.FileType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/** A format a model may be had in, beside the one it was stored in. */
public enum ModelFormat {
  STL("stl", FileType.STL),
  OBJ("obj", FileType.ZIP),
  THREE_MF("3mf", FileType.THREE_MF);

  private final String id;
  private final FileType type;

  ModelFormat(String id, FileType type) {
    this.id = id;
    this.type = type;
  }

  /** What clients ask for it by. */
  public String id() {
    return id;
  }

  /** What kind of file it is. */
  public FileType type() {
    return type;
  }

  /** The format clients ask for by this id. */
  public static Optional<ModelFormat> ofId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  /**
   * Writes a surface.
   *
   * @param name of the files in an archive, in ASCII
   */
  void write(Surface surface, String name, OutputStream out) throws IOException {
    switch (this) {
      case STL -> StlWriter.write(surface, out);
      case OBJ -> ObjWriter.write(surface, name, out);
      case THREE_MF -> ThreeMfWriter.write(surface, out);
    }
  }
}
