package io.maquette.provider.tencent;

import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;
import java.util.List;

/** Tencent's answer, which has HTTP status 200 even for errors; any component may be missing. */
public record TencentAnswer(@JsonbProperty("Response") Content content) {

  /**
   * Fields of all actions in use; each action has some of them.
   *
   * @param error reason for the refusal of the call itself
   * @param requestId id that Tencent's support asks for
   * @param jobId answer to a submission
   * @param status answer to a query: {@code WAIT}, {@code RUN}, {@code FAIL} or {@code DONE}
   * @param errorCode reason of the job's failure; empty otherwise
   * @param errorMessage the same in words
   * @param files the job's results; empty until it is done
   * @param credits cost of the job, reported only by the PRO tier's action
   */
  public record Content(
      @JsonbProperty("Error") ErrorDetail error,
      @JsonbProperty("RequestId") String requestId,
      @JsonbProperty("JobId") String jobId,
      @JsonbProperty("Status") String status,
      @JsonbProperty("ErrorCode") String errorCode,
      @JsonbProperty("ErrorMessage") String errorMessage,
      @JsonbProperty("ResultFile3Ds") List<File> files,
      @JsonbProperty("ResultCreditConsumed") BigDecimal credits) {

    /** Describes the request, to be added to a message; empty if it has no id. */
    String inWords() {
      return requestId == null ? "" : " (request " + requestId + ")";
    }
  }

  /**
   * Error of a call.
   *
   * @param code a family and often a detail, e.g. {@code AuthFailure.SignatureExpire}
   */
  public record ErrorDetail(
      @JsonbProperty("Code") String code, @JsonbProperty("Message") String message) {}

  /**
   * File that a job made.
   *
   * @param type Tencent's name of the type, e.g. {@code GLB}; an {@code OBJ} may be a ZIP file
   * @param url valid for 24 hours
   * @param previewUrl picture of the file
   */
  public record File(
      @JsonbProperty("Type") String type,
      @JsonbProperty("Url") String url,
      @JsonbProperty("PreviewImageUrl") String previewUrl) {}
}
