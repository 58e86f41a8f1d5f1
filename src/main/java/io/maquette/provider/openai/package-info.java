/**
 * Pictures and prompt variants from OpenAI and compatible servers. The package only translates the
 * interface, version 1. Written to the documentation as of 2026-11 (developers.openai.com, API
 * reference and deprecations, read 2026-11-30).
 */
package io.maquette.provider.openai;
