package io.maquette.provider.hunyuan;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Body of {@code POST /send} ({@code api_models.py}); a null component means the server's default.
 *
 * @param image the picture in Base64
 * @param texture whether the model is textured
 * @param type file format by its extension; version 2.1 makes GLB only and ignores it
 * @param seed 0 to 2^32-1; the server's default is the same for every job, so that a retry would
 *     give the same result
 * @param octreeResolution resolution of the surface
 * @param steps number of inference steps
 * @param guidance guidance scale
 * @param faces maximum number of faces of the model
 */
public record SendJob(
    String image,
    boolean texture,
    String type,
    long seed,
    @JsonbProperty("octree_resolution") Integer octreeResolution,
    @JsonbProperty("num_inference_steps") Integer steps,
    @JsonbProperty("guidance_scale") Double guidance,
    @JsonbProperty("face_count") Integer faces) {}
