/**
 * Reading JSON text. {@link io.maquette.platform.json.GuardedJson} is the only class of the
 * application that creates JSON parsers, readers and JSON-B; a test of the architecture checks it.
 */
package io.maquette.platform.json;
