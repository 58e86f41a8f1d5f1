package io.maquette.task;

/**
 * Finished model in our store.
 *
 * @param format for example {@code glb}
 * @param faceCount number of triangles
 * @param vertexCount number of positions
 * @param remark what the user should know about the model; null if there is nothing
 * @param preview picture of the model; null if there is none
 */
public record ModelFile(
    FileRef file,
    String format,
    long faceCount,
    long vertexCount,
    ModelRemark remark,
    FileRef preview) {}
