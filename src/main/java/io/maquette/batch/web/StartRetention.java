package io.maquette.batch.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Body of {@code POST /api/admin/batch/retention}.
 *
 * @param days minimum number of days since a finished task's last change
 */
@RequestBody
public record StartRetention(
    @NotNull(message = "invalid.days")
        @Min(value = 1, message = "invalid.days")
        @Max(value = 3650, message = "invalid.days")
        Integer days,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
