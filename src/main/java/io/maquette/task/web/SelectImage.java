package io.maquette.task.web;

import io.maquette.http.RequestBody;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.task.Task;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * Body of {@code PATCH /api/tasks/{id}}. All components but the index are options of the model and
 * may be null.
 *
 * @param selectedImageIndex index of the chosen picture
 * @param provider name of the provider that makes the model
 * @param faces approximate number of faces
 * @param topology topology of the mesh
 * @param texture whether the model has a texture
 * @param pbr whether the model has PBR materials
 * @param seed random seed
 * @param form form of the built-in studio
 */
@RequestBody
public record SelectImage(
    @NotNull(message = "invalid.image")
        @Min(value = 0, message = "invalid.image")
        @Max(value = Task.MAX_IMAGES - 1, message = "invalid.image")
        Integer selectedImageIndex,
    @Pattern(regexp = "[a-z0-9-]{1,40}", message = "invalid.provider") String provider,
    @Min(value = 1, message = "invalid.faces") Integer faces,
    @Pattern(regexp = "triangle|quad", message = "invalid.topology") String topology,
    Boolean texture,
    Boolean pbr,
    @Min(value = 0, message = "invalid.seed")
        @Max(value = ImageOptions.MAX_SEED, message = "invalid.seed")
        Long seed,
    @Pattern(regexp = "[a-z]{1,40}", message = "invalid.form") String form) {

  /** Returns the options of the model. */
  ModelOptions options() {
    return new ModelOptions(
        provider == null ? List.of() : List.of(provider),
        Optional.ofNullable(faces),
        Optional.ofNullable(topology),
        Optional.ofNullable(texture),
        Optional.ofNullable(pbr),
        Optional.ofNullable(seed),
        Optional.ofNullable(form));
  }
}
