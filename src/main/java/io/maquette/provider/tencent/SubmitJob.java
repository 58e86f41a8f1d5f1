package io.maquette.provider.tencent;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Body of {@code SubmitHunyuanTo3DRapidJob} and {@code SubmitHunyuanTo3DProJob}.
 *
 * @param image the picture in Base64; before that at most 6 MB, and 128 to 5000 pixels a side
 * @param resultFormat the one format wanted; null for the action's own choice
 */
public record SubmitJob(
    @JsonbProperty("ImageBase64") String image,
    @JsonbProperty("ResultFormat") String resultFormat) {}
