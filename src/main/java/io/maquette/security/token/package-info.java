/** Tokens of an external issuer (MicroProfile JWT): keys, signatures, claims and groups. */
package io.maquette.security.token;
