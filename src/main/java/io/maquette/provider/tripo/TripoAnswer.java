package io.maquette.provider.tripo;

import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;

/**
 * Answer of Tripo; any component may be missing.
 *
 * @param code 0 for success, else Tripo's code of the error
 * @param suggestion Tripo's advice about an error
 * @param requestId id that Tripo's support asks for, in an error
 */
public record TripoAnswer(
    String code,
    String message,
    String suggestion,
    @JsonbProperty("request_id") String requestId,
    Data data) {

  /**
   * Content of a successful answer.
   *
   * @param fileToken token of an uploaded picture
   * @param taskId id of a task
   * @param status {@code queued}, {@code running}, {@code success}, or an end without a model
   * @param progress percentage
   * @param output files of a successful task
   * @param errorCode code of a failed task
   */
  public record Data(
      @JsonbProperty("file_token") String fileToken,
      @JsonbProperty("task_id") String taskId,
      String status,
      BigDecimal progress,
      Output output,
      @JsonbProperty("error_code") String errorCode,
      @JsonbProperty("error_message") String errorMessage) {}

  /** Files of a successful task. */
  public record Output(
      @JsonbProperty("model_url") String modelUrl,
      @JsonbProperty("rendered_image_url") String pictureUrl) {}

  /** Returns whether the answer states an error; an answer without a code states none. */
  boolean isError() {
    return code != null && !code.equals("0");
  }
}
