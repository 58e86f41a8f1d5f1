package io.maquette.provider.meshy;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Body of a submission; all other parameters have Meshy's defaults.
 *
 * @param imageUrl the picture, PNG or JPEG, as a data URI (RFC 2397) in Base64
 */
public record NewMeshyTask(@JsonbProperty("image_url") String imageUrl) {}
