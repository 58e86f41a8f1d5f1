/**
 * JSON reading with limits. {@link io.maquette.json.GuardedJson} is the only class of the
 * application that creates JSON parsers, readers and JSON-B; an architecture test checks it.
 */
package io.maquette.json;
