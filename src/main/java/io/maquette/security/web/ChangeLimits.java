package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Body of {@code PUT /api/admin/users/{id}/limits}.
 *
 * @param waiting limit of waiting tasks; null applies the limit of the settings
 * @param daily limit of tasks per day; null applies the limit of the settings
 */
@RequestBody
public record ChangeLimits(
    @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
        Integer waiting,
    @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
        Integer daily,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
