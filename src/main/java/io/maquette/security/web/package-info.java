/** REST resources for sign-in, API keys and users, and the filters every request passes. */
package io.maquette.security.web;
