/**
 * Print kit: operations that turn a model's surface into a solid for a 3D printer.
 *
 * <p>All lengths are millimetres and Y points up. Every operation works on {@link
 * io.maquette.mesh.edit.EditMesh}, returns a new mesh, reports its progress and stops on an
 * interrupt. {@link io.maquette.mesh.edit.PrintModel} runs the operations that {@link
 * io.maquette.mesh.edit.PrintOptions} asks for. No class here reads or writes files of the store.
 */
package io.maquette.mesh.edit;
