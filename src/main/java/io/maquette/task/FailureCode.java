package io.maquette.task;

/** Why a try, and in the end a task, failed; the closed set behind {@code errorCode}. */
public enum FailureCode {
  /** The provider asked us to slow down for longer than we may wait. */
  PROVIDER_THROTTLED("服务繁忙，请稍后重试"),
  /** The provider will not take this input. */
  PROVIDER_REFUSED("内容不被接受，请修改描述或换一张图片"),
  /** The provider does not accept our key. */
  PROVIDER_UNAUTHORISED("服务未授权，请联系管理员"),
  /** The provider's account is empty. */
  PROVIDER_OUT_OF_CREDIT("服务额度不足，请联系管理员"),
  /** A setting does not fit the provider, or the provider no longer has what is asked for. */
  PROVIDER_MISCONFIGURED("服务配置有误，请联系管理员"),
  /** The provider could not be reached or broke off, again and again. */
  PROVIDER_UNAVAILABLE("服务暂时不可用，请稍后重试"),
  /** It could not be learned whether the provider accepted the job. */
  PROVIDER_OUTCOME_UNKNOWN("服务没有给出结果，请稍后重试"),
  /** The provider gave something that is not a usable picture or model. */
  RESULT_UNUSABLE("生成结果不可用"),
  /** It took longer than the deadline. */
  TIMED_OUT("生成超时"),
  /** Our own store could not take the file; the step waits and is tried again. */
  STORE_UNAVAILABLE("存储暂时不可用"),
  /** The stored picture that the step needs is missing or damaged; nothing was submitted. */
  PICTURE_LOST("图片文件丢失或损坏，请重新生成图片或选择其他图片"),
  /** A fault of ours. */
  INTERNAL_ERROR("系统内部错误");

  private static final String OWN_PICTURE_LOST = "图片文件丢失或损坏，请新建任务并重新上传图片";

  private final String reason;

  FailureCode(String reason) {
    this.reason = reason;
  }

  /** The reason in the words people are shown. */
  public String reason() {
    return reason;
  }

  /**
   * The reason for one task. A lost picture that the user uploaded cannot be drawn again, so the
   * text names another remedy.
   *
   * @param ownPicture whether the task began with a picture of the user's
   */
  String reason(boolean ownPicture) {
    return isOwnPictureLost(ownPicture) ? OWN_PICTURE_LOST : reason;
  }

  /** Returns the key of the text that says the same in the language of a request. */
  public String textKey(boolean ownPicture) {
    return "failure." + name() + (isOwnPictureLost(ownPicture) ? ".own" : "");
  }

  private boolean isOwnPictureLost(boolean ownPicture) {
    return this == PICTURE_LOST && ownPicture;
  }
}
