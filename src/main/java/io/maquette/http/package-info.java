/** HTTP basics: problem details, strict JSON requests, byte ranges, ETags, localised messages. */
package io.maquette.http;
