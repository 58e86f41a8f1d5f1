/** Event streams over Server-Sent Events and WebSocket. */
package io.maquette.push.web;
