/**
 * Model files: reads GLB, converts to STL, OBJ and 3MF, and checks printability.
 *
 * <p>Lengths within a GLB file are metres and Y points up, as in glTF. All output is in
 * millimetres. No class here opens a transaction. {@link io.maquette.mesh.GlbReader#MAX_FILE} and
 * {@link io.maquette.mesh.GlbReader#MAX_FACES} bound the memory, once per node.
 */
package io.maquette.mesh;
