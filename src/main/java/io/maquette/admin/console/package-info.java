/**
 * The operator console: Faces pages below {@code /console}.
 *
 * <p>A page bean holds the parameters of its address and forms, calls the services that the API
 * calls, and lives as long as the request. Views keep no state. {@link
 * io.maquette.security.web.ConsoleGate} checks access. Facelets escape all output.
 */
package io.maquette.admin.console;
