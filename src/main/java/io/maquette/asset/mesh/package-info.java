/**
 * The shape a model file holds, other formats made of it, and whether it can be printed.
 *
 * <p>Within a file lengths are metres and Y is up, as in glTF; all that leaves here is in
 * millimetres. Nothing here opens a transaction, and nothing needs more memory than {@link
 * io.maquette.asset.mesh.GlbReader#MAX_FILE} and {@link io.maquette.asset.mesh.GlbReader#MAX_FACES}
 * allow, once a node.
 */
package io.maquette.asset.mesh;
