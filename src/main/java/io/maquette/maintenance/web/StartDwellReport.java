package io.maquette.maintenance.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;

/**
 * The body of {@code POST /api/admin/batch/dwell-report}.
 *
 * @param from the first day; null for the last one that was computed
 * @param to the last day; null for today
 */
@RequestBody
public record StartDwellReport(
    String from,
    String to,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
