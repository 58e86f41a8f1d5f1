/** REST resources for the webhooks of a user, and for all webhooks (operators). */
package io.maquette.webhook.web;
