package io.maquette.storage;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Type of a stored file. */
public enum FileType {
  PNG("png", "image/png"),
  JPEG("jpg", "image/jpeg"),
  WEBP("webp", "image/webp"),
  GLB("glb", "model/gltf-binary"),
  STL("stl", "model/stl"),
  THREE_MF("3mf", "model/3mf"),
  PLY("ply", "model/ply"),
  USDZ("usdz", "model/vnd.usdz+zip"),
  ZIP("zip", "application/zip"),
  JSON("json", "application/json");

  private final String extension;
  private final String mediaType;

  FileType(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /**
   * Returns the type with this media type.
   *
   * @throws IllegalArgumentException if no type has it
   */
  public static FileType ofMediaType(String mediaType) {
    for (FileType type : values()) {
      if (type.mediaType.equals(mediaType)) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a file type of the store: " + mediaType);
  }

  /** Number of bytes that identify the type of a file. */
  public static final int HEAD = 12;

  /**
   * Detects the type from a file's first bytes (PNG 5.2, JFIF, RIFF container of WebP, glTF 2.0
   * 4.4.2).
   *
   * @param head its first {@link #HEAD} bytes; may be fewer
   */
  public static Optional<FileType> ofHead(byte[] head) {
    String latin = new String(head, StandardCharsets.ISO_8859_1);
    if (latin.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (latin.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (latin.startsWith("RIFF") && latin.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    return latin.startsWith("glTF\u0002\0\0\0") ? Optional.of(GLB) : Optional.empty();
  }

  /** Returns the types of pictures. */
  public static Set<FileType> pictures() {
    return EnumSet.of(PNG, JPEG, WEBP);
  }
}
