package io.maquette.provider.tokenhub;

/**
 * Error of a call or of a job; any component may be missing.
 *
 * @param code TokenHub's own, e.g. {@code 401002}, or that of the service behind it, e.g. {@code
 *     FailedOperation.JobNotFound}
 */
public record TokenHubError(String type, String code, String message) {}
