/**
 * The built-in studio: draws images from a prompt, edits them, and makes a solid of an image,
 * without any service.
 */
package io.maquette.studio;
