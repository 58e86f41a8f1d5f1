package io.maquette.provider.local;

import io.maquette.provider.ImageRequest;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Picture;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;

/** Pictures and models that look like something, for tests whose screens are looked at. */
public final class LocalSamples {

  private LocalSamples() {}

  /** One of a sentence's four pictures, a PNG. */
  public static byte[] picture(String prompt, int index) {
    try {
      String variant = Style.IN_ORDER.get(index).of(prompt);
      return new LocalImageProvider()
          .generate(new ImageRequest(variant, index, Duration.ofMinutes(1)))
          .picture()
          .content();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model of a picture, a GLB. */
  public static byte[] model(byte[] picture) {
    LocalModelProvider provider =
        new LocalModelProvider(Runnable::run, Clock.systemUTC(), Sculpting.DEFAULT);
    try {
      String job =
          provider.submit(new ModelRequest(new Picture(picture, "image/png"), "a sample")).jobId();
      JobState state = provider.query(job);
      try (InputStream file = state.result().open()) {
        return file.readAllBytes();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
