package io.maquette.task;

/**
 * A submission that a provider has taken.
 *
 * @param call number of its row in the ledger
 * @param jobId the provider's id of the job; null where it has none
 * @param requestId what the provider's support asks for; null where it told none
 */
public record Accepted(long call, String jobId, String requestId) {}
