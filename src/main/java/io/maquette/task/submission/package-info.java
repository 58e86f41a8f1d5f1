/**
 * The submission ledger: one row for each paid request to a provider, from before it is sent until
 * its result is stored. It prevents double charges.
 */
package io.maquette.task.submission;
