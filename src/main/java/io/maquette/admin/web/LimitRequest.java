package io.maquette.admin.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Body of {@code PUT /api/admin/providers/{name}/limits}.
 *
 * @param openJobs limit of open provider jobs; null applies the limit of the settings or the
 *     provider
 * @param requestsPerSecond rate limit in requests per second; null applies the provider's limit
 */
@RequestBody
public record LimitRequest(
    @Min(value = 1, message = "invalid.open-jobs")
        @Max(value = 100_000, message = "invalid.open-jobs")
        Integer openJobs,
    @Min(value = 1, message = "invalid.per-second")
        @Max(value = 1000, message = "invalid.per-second")
        Integer requestsPerSecond,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
