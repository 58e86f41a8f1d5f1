/**
 * The built-in studio: it draws images from a prompt, edits them, and makes a solid from an image,
 * without any service.
 */
package io.maquette.studio;
