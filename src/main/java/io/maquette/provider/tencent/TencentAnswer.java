package io.maquette.provider.tencent;

import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;
import java.util.List;

/** What Tencent answers, errors included, with the HTTP status 200. Anything may be missing. */
public record TencentAnswer(@JsonbProperty("Response") Content content) {

  /**
   * The fields of the actions we use; each action has some of them.
   *
   * @param error why the call itself was not accepted
   * @param requestId what Tencent's support asks for
   * @param jobId answer to a submission
   * @param status answer to a query: {@code WAIT}, {@code RUN}, {@code FAIL} or {@code DONE}
   * @param errorCode why the job failed; empty while it has not
   * @param errorMessage the same in words
   * @param files what the job made; empty while it is not done
   * @param credits what the job cost; the action for finer models tells it
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

    /** The request, to be added to a message; empty if it has no id. */
    String inWords() {
      return requestId == null ? "" : " (request " + requestId + ")";
    }
  }

  /**
   * An error.
   *
   * @param code a family and often a detail, like {@code AuthFailure.SignatureExpire}
   */
  public record ErrorDetail(
      @JsonbProperty("Code") String code, @JsonbProperty("Message") String message) {}

  /**
   * A file a job made.
   *
   * @param type Tencent's word for what it is, like {@code GLB}; an {@code OBJ} may be a ZIP file
   * @param url lives 24 hours
   * @param previewUrl a picture of it
   */
  public record File(
      @JsonbProperty("Type") String type,
      @JsonbProperty("Url") String url,
      @JsonbProperty("PreviewImageUrl") String previewUrl) {}
}
