/** Provider ports for prompts, images, edits and models, and the problems a provider can have. */
package io.maquette.provider;
