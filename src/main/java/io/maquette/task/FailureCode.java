package io.maquette.task;

/** Reason why an attempt, or finally a task, failed; the values of {@code errorCode}. */
public enum FailureCode {
  /** The provider limits our requests for longer than the task may wait. */
  PROVIDER_THROTTLED("服务繁忙，请稍后重试"),
  /** The provider refuses this input. */
  PROVIDER_REFUSED("内容不被接受，请修改描述或换一张图片"),
  /** The provider does not accept our API key. */
  PROVIDER_UNAUTHORISED("服务未授权，请联系管理员"),
  /** The provider's account has no credit. */
  PROVIDER_OUT_OF_CREDIT("服务额度不足，请联系管理员"),
  /** A setting does not fit the provider, or the provider no longer offers what is requested. */
  PROVIDER_MISCONFIGURED("服务配置有误，请联系管理员"),
  /** The provider could not be reached or broke off the connection, in all attempts. */
  PROVIDER_UNAVAILABLE("服务暂时不可用，请稍后重试"),
  /** The provider may have accepted the provider job, but its answer was lost. */
  PROVIDER_OUTCOME_UNKNOWN("服务没有给出结果，请稍后重试"),
  /** The provider returned a file that is not a usable picture or model. */
  RESULT_UNUSABLE("生成结果不可用"),
  /** The stage exceeded its deadline. */
  TIMED_OUT("生成超时"),
  /** Our own store could not take the file; the step waits and is retried. */
  STORE_UNAVAILABLE("存储暂时不可用"),
  /** The stored picture that the step needs is missing or damaged; nothing was submitted. */
  PICTURE_LOST("图片文件丢失或损坏，请重新生成图片或选择其他图片"),
  /** An error in this application. */
  INTERNAL_ERROR("系统内部错误");

  private static final String OWN_PICTURE_LOST = "图片文件丢失或损坏，请新建任务并重新上传图片";

  private final String reason;

  FailureCode(String reason) {
    this.reason = reason;
  }

  /** Returns the reason as text for users, in Chinese. */
  public String reason() {
    return reason;
  }

  /**
   * Returns the reason for one task. The application cannot generate a lost uploaded picture again,
   * so the text then names another remedy.
   *
   * @param ownPicture whether the task was created from an uploaded picture
   */
  String reason(boolean ownPicture) {
    return isOwnPictureLost(ownPicture) ? OWN_PICTURE_LOST : reason;
  }

  /** Returns the key of the reason's translated text. */
  public String textKey(boolean ownPicture) {
    return "failure." + name() + (isOwnPictureLost(ownPicture) ? ".own" : "");
  }

  private boolean isOwnPictureLost(boolean ownPicture) {
    return this == PICTURE_LOST && ownPicture;
  }
}
