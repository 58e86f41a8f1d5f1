package io.maquette.task;

/** The two halves of a task's life; a failure always belongs to one of them. */
public enum Stage {
  /** From the sentence to four pictures. */
  IMAGE("图片生成失败："),
  /** From the chosen picture to the model file. */
  MODEL("模型生成失败：");

  private final String failurePrefix;

  Stage(String failurePrefix) {
    this.failurePrefix = failurePrefix;
  }

  /** How the message of every failure in this stage begins. */
  public String failureMessage(String reason) {
    return failurePrefix + reason;
  }
}
