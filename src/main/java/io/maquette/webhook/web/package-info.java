/** Webhooks over HTTP: one's own, and for operators everybody's. */
package io.maquette.webhook.web;
