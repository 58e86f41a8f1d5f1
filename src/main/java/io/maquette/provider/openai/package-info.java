/**
 * Pictures and prompt variants from OpenAI and compatible servers. The package only translates the
 * interface, version 1. Written to the documentation as of 2026-11.
 */
package io.maquette.provider.openai;
