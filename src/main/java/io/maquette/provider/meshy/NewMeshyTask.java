package io.maquette.provider.meshy;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Body of a submission; all other parameters have Meshy's defaults.
 *
 * @param imageUrl the picture, PNG or JPEG, as a data URI (RFC 2397) in Base64
 * @param model Meshy's name of the model
 * @param formats formats to make; others would only take time
 * @param remesh whether Meshy remeshes the model, which topology and polygons need; null omits the
 *     field, as with the following ones
 * @param topology {@code triangle} or {@code quad}
 * @param polygons target number of polygons, 100 to 300,000
 * @param texture whether the model gets a texture
 * @param pbr whether the model gets PBR maps
 */
public record NewMeshyTask(
    @JsonbProperty("image_url") String imageUrl,
    @JsonbProperty("ai_model") String model,
    @JsonbProperty("target_formats") List<String> formats,
    @JsonbProperty("should_remesh") Boolean remesh,
    String topology,
    @JsonbProperty("target_polycount") Integer polygons,
    @JsonbProperty("should_texture") Boolean texture,
    @JsonbProperty("enable_pbr") Boolean pbr) {}
