/** REST resources for sign-in, API keys and users, and the filters that every request passes. */
package io.maquette.security.web;
