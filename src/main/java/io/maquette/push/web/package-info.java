/** Event streams over SSE and WebSocket. */
package io.maquette.push.web;
