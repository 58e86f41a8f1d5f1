package io.maquette.studio;

import io.maquette.provider.ImageRequest;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Sample pictures and models with recognisable content, for tests whose screens are viewed. */
public final class LocalSamples {

  /** Prompts of {@code docs/gallery.md}. */
  public static final List<String> GALLERY =
      List.of(
          "一只戴帽子的小猫",
          "a red dragon",
          "拿着胡萝卜的兔子",
          "an astronaut riding a white horse",
          "戴着墨镜的柠檬",
          "a golden owl",
          "月亮下的城堡",
          "a green dinosaur and a purple robot",
          "紫色的章鱼",
          "a jade elephant",
          "黄色的小鸭子戴着皇冠",
          "a bear on a bicycle",
          "一个骑着扫帚的女巫",
          "a low-poly fox",
          "弹吉他的熊猫",
          "a bear, a fox, a rabbit and a panda",
          "青花瓷茶壶",
          "a rocket and the moon",
          "两只粉色的火烈鸟",
          "a bronze horse",
          "樱花树旁边的日本城堡",
          "a birthday cake",
          "浮雕风格的蝴蝶",
          "blorptang xyzzy");

  private LocalSamples() {}

  /** Returns one of a sentence's four pictures, a PNG. */
  public static byte[] picture(String prompt, int index) {
    try {
      String variant = new LocalPromptVariants().variantsOf(prompt).get(index);
      return new LocalImageProvider()
          .generate(new ImageRequest(variant, index, Duration.ofMinutes(1)))
          .picture()
          .content();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the mesh of a picture before it is written to a file. */
  static GlbWriter.Mesh mesh(Picture picture, Sculpting sculpting) throws ProviderException {
    return sculpting.model(Foreground.decoded(picture));
  }

  /**
   * Returns this many sentences with different subjects, evenly spread over the studio's
   * vocabulary, alternately in Chinese and English.
   */
  public static List<String> sentences(int count) {
    List<Pictogram> all = List.copyOf(Vocabulary.known().pictograms().values());
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Pictogram pictogram = all.get((int) ((long) i * all.size() / count));
              return (i % 2 == 0 ? pictogram.english() : pictogram.chinese()).get(0);
            })
        .toList();
  }

  /** Returns the model of a picture, a GLB. */
  public static byte[] model(byte[] picture) {
    return model(picture, Sculpting.DEFAULT);
  }

  /** Returns the model of a picture in the form with this number; a GLB. */
  public static byte[] model(byte[] picture, int form) {
    Sculpting.Form[] forms = Sculpting.Form.values();
    return model(picture, new Sculpting(forms[form % forms.length], Sculpting.DEFAULT.faces()));
  }

  /** Returns a model with few faces, which a browser without a graphics card draws soon. */
  public static byte[] smallModel(byte[] picture) {
    return model(picture, new Sculpting(Sculpting.DEFAULT.form(), 20_000));
  }

  private static byte[] model(byte[] picture, Sculpting sculpting) {
    LocalModelProvider provider =
        new LocalModelProvider(Runnable::run, Clock.systemUTC(), sculpting);
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
