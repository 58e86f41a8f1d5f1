package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The body of {@code PUT /api/admin/users/{id}/limits}.
 *
 * @param waiting how many tasks may wait; null for what the settings say
 * @param daily how many tasks may be created a day; null for what the settings say
 */
@RequestBody
public record ChangeLimits(
    @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
        Integer waiting,
    @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
        Integer daily,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
