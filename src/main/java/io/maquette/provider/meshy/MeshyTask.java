package io.maquette.provider.meshy;

import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;

/**
 * A task as Meshy tells of it. Anything may be missing.
 *
 * @param status {@code PENDING}, {@code IN_PROGRESS}, {@code SUCCEEDED}, {@code FAILED}, {@code
 *     CANCELED} or {@code EXPIRED}
 * @param progress percentage
 * @param modelUrls where the files are once it has succeeded
 * @param thumbnailUrl a picture of the model
 * @param taskError why it failed; its message is empty while it has not
 * @param consumedCredits what it cost
 */
public record MeshyTask(
    String id,
    String status,
    BigDecimal progress,
    @JsonbProperty("model_urls") ModelUrls modelUrls,
    @JsonbProperty("thumbnail_url") String thumbnailUrl,
    @JsonbProperty("task_error") TaskError taskError,
    @JsonbProperty("consumed_credits") BigDecimal consumedCredits) {

  /** Signed addresses, one a format; only GLB is of use to us. */
  public record ModelUrls(String glb) {}

  /** Why a task failed, in words alone. */
  public record TaskError(String message) {}
}
