package io.maquette.access.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;

/** The body of what an operator does that needs nothing but a reason. */
@RequestBody
public record Why(@VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
