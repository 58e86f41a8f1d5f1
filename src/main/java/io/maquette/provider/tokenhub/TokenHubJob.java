package io.maquette.provider.tokenhub;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Job in TokenHub's answer; any component may be missing.
 *
 * @param id TokenHub's id of the job, in the answer to a submission; valid for 24 hours
 * @param requestId id that Tencent's support asks for
 * @param status {@code queued}, {@code in_progress}, {@code completed} or {@code failed}
 * @param files the job's results; empty until it is completed
 * @param error reason of a failure
 */
public record TokenHubJob(
    String id,
    @JsonbProperty("request_id") String requestId,
    String status,
    @JsonbProperty("data") List<File> files,
    TokenHubError error) {

  /**
   * File that a job made.
   *
   * @param type TokenHub's name of the type, e.g. {@code glb}; an {@code obj} is a ZIP file
   * @param url valid for 24 hours
   * @param previewUrl picture of the file
   */
  public record File(
      String type, String url, @JsonbProperty("preview_image_url") String previewUrl) {}

  /** Describes the request, to be added to a message; empty if it has no id. */
  String inWords() {
    return requestId == null ? "" : " (request " + requestId + ")";
  }
}
