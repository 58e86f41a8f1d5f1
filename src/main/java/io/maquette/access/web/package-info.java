/**
 * Signing in, API keys, and what operators do to users; and the gate every request goes through.
 */
package io.maquette.access.web;
