/** The steps of the batch jobs: what each job reads, processes and writes. */
package io.maquette.batch.steps;
