package io.maquette.asset;

/** The kinds of file the store keeps. */
public enum FileType {
  PNG("png", "image/png"),
  JPEG("jpg", "image/jpeg"),
  WEBP("webp", "image/webp"),
  GLB("glb", "model/gltf-binary");

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
   * The type with this media type.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  public static FileType ofMediaType(String mediaType) {
    for (FileType type : values()) {
      if (type.mediaType.equals(mediaType)) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a file type of the store: " + mediaType);
  }
}
