package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/** Edit of one of a task's pictures: requested by the owner and in progress, or failed. */
@Embeddable
public class ImageEdit {

  @Column(name = "edit_image_index")
  private Integer imageIndex;

  @Column(name = "edit_instruction")
  private String instruction;

  @Column(name = "edit_asked_at")
  private Instant askedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "edit_error_code")
  private FailureCode errorCode;

  /** For JPA. */
  protected ImageEdit() {}

  ImageEdit(int imageIndex, String instruction, Instant askedAt) {
    this.imageIndex = imageIndex;
    this.instruction = instruction;
    this.askedAt = askedAt;
  }

  void failed(FailureCode code) {
    errorCode = code;
  }

  /** Returns the index of the picture to change. */
  public int imageIndex() {
    return imageIndex;
  }

  /** Returns the instruction in the owner's words. */
  public String instruction() {
    return instruction;
  }

  public Instant askedAt() {
    return askedAt;
  }

  /** Returns why the edit failed; null while it is in progress. */
  public FailureCode errorCode() {
    return errorCode;
  }
}
