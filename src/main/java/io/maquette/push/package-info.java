/**
 * Following the history while it is written.
 *
 * <ol>
 *   <li>Every change that is committed, on whatever node, shall reach every subscription it
 *       concerns, once.
 *   <li>Changes of one task shall come in the order they happened.
 *   <li>When a subscriber comes back with the position of the last change it was given, it shall be
 *       given what it missed, and nothing twice.
 *   <li>If a subscriber does not take what it is given, it shall be let go; it may come back.
 * </ol>
 *
 * <p>The history is the truth: each node reads it on its own ({@link io.maquette.push.ChangeFeed}),
 * at once after a change of its own and several times a second for those of other nodes. Numbers
 * are given when a row is written, not when its transaction commits; a number that is missing may
 * still come. Hence a {@link io.maquette.push.Position} is a number and the gaps below it.
 */
package io.maquette.push;
