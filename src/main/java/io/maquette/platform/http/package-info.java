/**
 * How this application speaks HTTP, whatever about: one form of error, strict JSON in, ranges out,
 * texts in the caller's language.
 */
package io.maquette.platform.http;
