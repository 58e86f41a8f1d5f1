package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Body of {@code POST /api/keys}.
 *
 * @param name name that the owner has chosen
 * @param scope names separated by spaces
 * @param days validity in days; null for no expiry
 */
@RequestBody
public record CreateKey(
    @VisibleText(max = 100, message = "invalid.key-name") String name,
    @NotNull(message = "invalid.scope")
        @Pattern(regexp = "(read|write|admin)( (read|write|admin)){0,2}", message = "invalid.scope")
        String scope,
    @Min(value = 1, message = "invalid.days") @Max(value = 3650, message = "invalid.days")
        Integer days) {}
