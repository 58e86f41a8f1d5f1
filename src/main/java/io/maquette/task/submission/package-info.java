/**
 * Submission ledger: one row for each submission to a provider. The row is written before the
 * submission is sent, and stays as its record. After an unknown outcome the ledger permits one
 * repetition at most.
 */
package io.maquette.task.submission;
