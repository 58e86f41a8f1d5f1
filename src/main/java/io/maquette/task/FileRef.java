package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;

/** Where a task's file is in the store, and what it is. */
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
   * A stored file.
   *
   * @param key what the store opens it by
   * @param sha256 lower-case hex digest of its content
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
