/** REST resource of the providers that users can have at work. */
package io.maquette.provider.web;
