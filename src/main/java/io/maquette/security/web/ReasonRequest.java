package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;

/** Body of an operator action that needs only a reason. */
@RequestBody
public record ReasonRequest(
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
