package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The body of {@code POST /api/keys}.
 *
 * @param name what its owner calls it
 * @param scope names with spaces between them
 * @param days how long it is good for; null for ever
 */
@RequestBody
public record CreateKey(
    @VisibleText(max = 100, message = "invalid.key-name") String name,
    @NotNull(message = "invalid.scope")
        @Pattern(regexp = "(read|write|admin)( (read|write|admin)){0,2}", message = "invalid.scope")
        String scope,
    @Min(value = 1, message = "invalid.days") @Max(value = 3650, message = "invalid.days")
        Integer days) {}
