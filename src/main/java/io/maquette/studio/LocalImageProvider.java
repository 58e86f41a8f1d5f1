package io.maquette.studio;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.NumberRange;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Remark;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Image provider on this machine, without key or network. It draws the subjects of the prompt that
 * it knows, otherwise an ornament derived from the prompt. The picture is in one of four styles,
 * 1024 x 1024 on a plain background. The same prompt gives the same picture, unless the user sets a
 * seed.
 */
@ApplicationScoped
@Named("local")
public class LocalImageProvider implements ImageProvider {

  /** Accepted seeds; any number would do, but clients in JavaScript read no larger ones exactly. */
  private static final NumberRange SEEDS = new NumberRange(0, Integer.MAX_VALUE);

  /** Favours speed over size, because a picture is written once and read a few times. */
  static final float PNG_QUALITY = 0.8f;

  @Override
  public ImageCapabilities capabilities() {
    return new ImageCapabilities(1, Map.of(), List.of(), false, Optional.of(SEEDS));
  }

  @Override
  public boolean costs() {
    return false;
  }

  @Override
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    String sentence = Style.subjectOf(request.prompt());
    ParsedPrompt wish = ParsedPrompt.of(sentence);
    long seed = request.options().seed().map(LocalImageProvider::spread).orElse(seed(sentence));
    boolean isKnown = !wish.subjects().isEmpty();
    String svg =
        isKnown
            ? Composition.of(wish, request.index() % 2)
            : ornament(wish, new SplittableRandom(seed));
    if (Thread.currentThread().isInterrupted()) {
      throw new ProviderException(Problem.UNAVAILABLE, "interrupted while drawing");
    }
    Style style = Style.inOrderFor(wish.style()).get(request.index());
    Picture picture =
        new Picture(
            PictureEncoder.of(Painting.of(svg, style, seed), "png", PNG_QUALITY), "image/png");
    return new GeneratedPicture(picture, null, null, remark(wish));
  }

  private static Remark remark(ParsedPrompt wish) {
    if (wish.subjects().isEmpty()) {
      return Remark.UNKNOWN_SUBJECT;
    }
    return wish.hasUnknown() ? Remark.UNKNOWN_WORDS : null;
  }

  private static String ornament(ParsedPrompt wish, SplittableRandom random) {
    String svg = Ornament.of(random, wish.colours());
    return wish.material() == null ? svg : Tint.of(svg, wish.material());
  }

  /**
   * Derives the random seed from the sentence alone, so that the same sentence gives the same
   * picture.
   */
  static long seed(String sentence) {
    CRC32 crc = new CRC32();
    crc.update(sentence.getBytes(StandardCharsets.UTF_8));
    return spread(crc.getValue());
  }

  private static long spread(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }
}
