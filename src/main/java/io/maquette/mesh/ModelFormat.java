package io.maquette.mesh;

import io.maquette.storage.FileType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Format for export of a model, in addition to the stored format. */
public enum ModelFormat {
  STL("stl", FileType.STL),
  OBJ("obj", FileType.ZIP),
  THREE_MF("3mf", FileType.THREE_MF),
  PLY("ply", FileType.PLY),
  USDZ("usdz", FileType.USDZ);

  private final String id;
  private final FileType type;

  ModelFormat(String id, FileType type) {
    this.id = id;
    this.type = type;
  }

  /** Returns the id that clients use. */
  public String id() {
    return id;
  }

  /** Returns the type of the file. */
  public FileType type() {
    return type;
  }

  /** Returns the format with the id that a client gave. */
  public static Optional<ModelFormat> ofId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  /**
   * Writes a surface.
   *
   * @param name base name of the files in an archive, in ASCII
   */
  void write(Surface surface, String name, OutputStream out) throws IOException {
    switch (this) {
      case STL -> StlWriter.write(surface, out);
      case OBJ -> ObjWriter.write(surface, name, out);
      case THREE_MF -> ThreeMfWriter.write(surface, out);
      case PLY -> PlyWriter.write(surface, out);
      case USDZ -> UsdzWriter.write(surface, name, out);
    }
  }
}
