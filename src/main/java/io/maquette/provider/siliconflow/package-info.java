/**
 * Pictures from SiliconFlow: a translation of its images interface, version 1, and nothing else.
 * Written to its documentation as of 2026-11.
 */
package io.maquette.provider.siliconflow;
