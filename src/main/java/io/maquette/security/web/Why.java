package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;

/** The body of what an operator does that needs nothing but a reason. */
@RequestBody
public record Why(@VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
