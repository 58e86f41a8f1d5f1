package io.maquette.task.web;

import io.maquette.http.RequestBody;
import io.maquette.option.ImageOptions;
import io.maquette.task.Prompt;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/**
 * Body of {@code POST /api/tasks}. All components but the prompt are options of the pictures and
 * may be null.
 *
 * @param prompt trimmed prompt
 * @param count number of pictures
 * @param aspect aspect ratio
 * @param quality quality by the provider's name
 * @param negativePrompt trimmed text of what the pictures must not contain
 * @param seed random seed of all pictures
 * @param choose who chooses the picture: {@code user}, or {@code first} for the first one
 */
@RequestBody
public record CreateTask(
    @PromptText String prompt,
    @Min(value = 1, message = "invalid.count")
        @Max(value = ImageOptions.MAX_COUNT, message = "invalid.count")
        Integer count,
    @Pattern(regexp = ImageOptions.ASPECT, message = "invalid.aspect") String aspect,
    @Pattern(regexp = ImageOptions.QUALITY, message = "invalid.quality") String quality,
    @OptionalText String negativePrompt,
    @Min(value = 0, message = "invalid.seed")
        @Max(value = ImageOptions.MAX_SEED, message = "invalid.seed")
        Long seed,
    @Pattern(regexp = ImageOptions.CHOOSE, message = "invalid.choose") String choose) {

  public CreateTask {
    prompt = prompt == null ? null : Prompt.trimmed(prompt);
    negativePrompt = negativePrompt == null ? null : Prompt.trimmed(negativePrompt);
  }

  /** Creates a request without options. */
  CreateTask(String prompt) {
    this(prompt, null, null, null, null, null, null);
  }

  /** Returns the options of the pictures. */
  ImageOptions options() {
    return new ImageOptions(
        Optional.ofNullable(count),
        Optional.ofNullable(aspect),
        Optional.ofNullable(quality),
        Optional.ofNullable(negativePrompt),
        Optional.ofNullable(seed),
        ImageOptions.FIRST.equals(choose));
  }
}
