/**
 * Colours of triangles, and their reduction to a few filament colours.
 *
 * <p>The classes work on plain arrays with one element for each triangle, and know no file format.
 * Colours are 0xRRGGBB in sRGB.
 */
package io.maquette.mesh.colour;
