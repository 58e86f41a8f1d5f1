/**
 * Image provider for SiliconFlow. It only translates its images interface, version 1. Written to
 * its documentation as of 2026-11 (docs.siliconflow.cn, images/generations, read 2026-11-30).
 */
package io.maquette.provider.siliconflow;
