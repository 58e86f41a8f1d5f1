package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;

/** Reference to a task's file in the store, with its digest, media type and size. */
@Embeddable
public class FileRef {

  @Column(name = "file_key")
  private String key;

  @Column(name = "file_sha256")
  private String sha256;

  @Column(name = "file_type")
  private String mediaType;

  @Column(name = "file_size")
  private Long size;

  /** For JPA. */
  protected FileRef() {}

  /**
   * Creates a reference to a stored file.
   *
   * @param key key of the file in the store
   * @param sha256 lower-case hexadecimal SHA-256 digest of the content
   * @param size in bytes
   */
  public FileRef(String key, String sha256, String mediaType, long size) {
    this.key = Objects.requireNonNull(key, "key");
    this.sha256 = Objects.requireNonNull(sha256, "sha256");
    this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
    this.size = size;
  }

  public String key() {
    return key;
  }

  public String sha256() {
    return sha256;
  }

  public String mediaType() {
    return mediaType;
  }

  public long size() {
    return size;
  }
}
