package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/** A change to one of a task's pictures that its owner wishes for, or that was given up. */
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

  /** Which picture. */
  public int imageIndex() {
    return imageIndex;
  }

  /** What shall be changed, in the owner's words. */
  public String instruction() {
    return instruction;
  }

  public Instant askedAt() {
    return askedAt;
  }

  /** Why it was given up; null while it is being made. */
  public FailureCode errorCode() {
    return errorCode;
  }
}
