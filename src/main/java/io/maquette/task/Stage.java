package io.maquette.task;

/** Half of a task's life; each failure belongs to one. */
public enum Stage {
  /** From the prompt to four pictures. */
  IMAGE("图片生成失败："),
  /** From the chosen picture to the model file. */
  MODEL("模型生成失败：");

  private final String failurePrefix;

  Stage(String failurePrefix) {
    this.failurePrefix = failurePrefix;
  }

  /** Returns the error message of a failure in this stage. */
  public String failureMessage(String reason) {
    return failurePrefix + reason;
  }
}
