package io.maquette.provider.tencent;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Body of {@code SubmitHunyuanTo3DRapidJob} and {@code SubmitHunyuanTo3DProJob}.
 *
 * @param image the picture in Base64; the file has at most 6 MB, and 128 to 5000 pixels a side
 * @param resultFormat the requested format; null for the action's default
 */
public record SubmitJob(
    @JsonbProperty("ImageBase64") String image,
    @JsonbProperty("ResultFormat") String resultFormat) {}
