/**
 * Submission ledger: one row for each paid request to a provider. A row exists from before the
 * request until its result is stored. The ledger prevents double charges.
 */
package io.maquette.task.submission;
