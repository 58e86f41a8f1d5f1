/**
 * Accounts, sessions, API keys and external tokens: who the caller is and what the caller may do.
 *
 * <ul>
 *   <li>{@link io.maquette.security.web.CallerAuthenticationMechanism} identifies the caller of
 *       each request by API key, external token or session; in {@code dev} mode every caller is the
 *       development user.
 *   <li>A request with an invalid credential has no caller.
 *   <li>Every operator action is audited with its reason and the values before and after, in the
 *       same transaction ({@link io.maquette.security.Audit}).
 * </ul>
 *
 * <p>Out of scope: the owner of a task, which every query of {@code io.maquette.task} checks.
 */
package io.maquette.security;
