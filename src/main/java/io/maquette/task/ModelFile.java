package io.maquette.task;

/**
 * A finished model, stored on our side.
 *
 * @param format e.g. {@code glb}
 * @param faceCount triangles
 * @param vertexCount positions
 * @param remark what the user should know of it; null for nothing
 * @param preview a picture of it; null if there is none
 */
public record ModelFile(
    FileRef file,
    String format,
    long faceCount,
    long vertexCount,
    ModelRemark remark,
    FileRef preview) {}
