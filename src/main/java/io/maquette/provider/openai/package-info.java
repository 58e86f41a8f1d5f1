/**
 * Pictures and prompt variants from OpenAI and from servers that speak its interface, version 1: a
 * translation, and nothing else. Written to the documentation as of 2026-11.
 */
package io.maquette.provider.openai;
