package io.maquette.mesh;

/**
 * Facts about a model from its file's own declarations.
 *
 * @param faceCount triangles over all its meshes
 * @param vertexCount positions over all its meshes
 */
public record ModelFacts(long faceCount, long vertexCount) {}
