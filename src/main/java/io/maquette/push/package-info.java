/**
 * Event feed: it follows the history of tasks while it is written.
 *
 * <ol>
 *   <li>Every committed change, on any node, reaches every matching subscription once.
 *   <li>The changes of one task arrive in order.
 *   <li>A subscriber that returns with the position of its last change receives what it missed, and
 *       nothing twice.
 *   <li>A subscriber that does not read is disconnected and may return.
 * </ol>
 *
 * <p>The history table is the only source. Each node reads it ({@link io.maquette.push.EventFeed})
 * at once after its own commits, and several times a second for those of other nodes. A row gets
 * its number when it is written, not when its transaction commits, so a missing number may still
 * appear. Hence a {@link io.maquette.push.StreamPosition} is a number and the gaps below it.
 */
package io.maquette.push;
