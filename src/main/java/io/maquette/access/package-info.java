/**
 * Who is calling, and what they may do.
 *
 * <ul>
 *   <li>While a request comes, {@link io.maquette.access.CallerMechanism} shall find out who sent
 *       it: by an API key, by a token of an outside issuer, by a session, or, in development, by
 *       nothing at all.
 *   <li>If a request brings a credential that is not good, then it shall be nobody's.
 *   <li>When an operator does something, {@link io.maquette.access.Audit} shall keep who, why,
 *       before and after, in the transaction that does it.
 * </ul>
 *
 * <p>Out of scope: whose a task is, which every query of {@code io.maquette.task} minds itself.
 */
package io.maquette.access;
