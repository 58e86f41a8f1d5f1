package io.maquette.provider.hunyuan;

/**
 * Body of {@code POST /send}; all else is left to the server's defaults.
 *
 * @param image the picture in Base64
 * @param texture whether the model is painted; version 2.1 finishes no job that is not
 * @param type file format by its extension; version 2.1 makes GLB only and ignores it
 */
public record SendJob(String image, boolean texture, String type) {}
