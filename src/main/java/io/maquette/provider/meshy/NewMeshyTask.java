package io.maquette.provider.meshy;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Body of a submission; all other parameters have Meshy's defaults.
 *
 * @param imageUrl the picture, PNG or JPEG, as a data URI (RFC 2397) in Base64
 * @param model Meshy's name of the model
 * @param formats formats to make; others would only take time
 */
public record NewMeshyTask(
    @JsonbProperty("image_url") String imageUrl,
    @JsonbProperty("ai_model") String model,
    @JsonbProperty("target_formats") List<String> formats) {}
