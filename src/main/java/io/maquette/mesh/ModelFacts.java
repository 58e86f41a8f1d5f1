package io.maquette.mesh;

/**
 * What a model file says of itself.
 *
 * @param faceCount triangles over all its meshes
 * @param vertexCount positions over all its meshes
 */
public record ModelFacts(long faceCount, long vertexCount) {}
