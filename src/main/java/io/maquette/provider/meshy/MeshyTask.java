package io.maquette.provider.meshy;

import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;

/**
 * Task in Meshy's answer; any component may be missing.
 *
 * @param status {@code PENDING}, {@code IN_PROGRESS}, {@code SUCCEEDED}, {@code FAILED}, {@code
 *     CANCELED} or {@code EXPIRED}
 * @param progress percentage
 * @param modelUrls addresses of the files after success
 * @param thumbnailUrl picture of the model
 * @param taskError reason of a failure; its message is empty otherwise
 * @param consumedCredits cost
 */
public record MeshyTask(
    String id,
    String status,
    BigDecimal progress,
    @JsonbProperty("model_urls") ModelUrls modelUrls,
    @JsonbProperty("thumbnail_url") String thumbnailUrl,
    @JsonbProperty("task_error") TaskError taskError,
    @JsonbProperty("consumed_credits") BigDecimal consumedCredits) {

  /** Signed addresses, one per format; only GLB is used. */
  public record ModelUrls(String glb) {}

  /**
   * Reason of a task's failure (docs.meshy.ai, Errors, 2026-11).
   *
   * @param type {@code invalid_input}, {@code timeout}, {@code service_unavailable} or {@code
   *     server_error}
   * @param code details, e.g. {@code moderation_blocked}; null for many failures
   */
  public record TaskError(String type, String code, String message) {}
}
