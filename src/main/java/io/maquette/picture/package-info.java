/** Picture decoding with limits: every format comes out upright and in sRGB. */
package io.maquette.picture;
