/**
 * The console: what operators see and do, as pages below {@code /console}, in Faces. A page's bean
 * has what its address and its forms say, asks the services that the API asks, and is gone with the
 * request; views keep no state. Who may come is {@link io.maquette.access.web.ConsoleGate}'s.
 *
 * <p>Whatever is shown is text: Facelets escape it, and no page says otherwise.
 */
package io.maquette.console.web;
