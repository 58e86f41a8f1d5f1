package io.maquette.provider.local;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The colours of a subject: those its sentence names, or some that go together.
 *
 * @param body of the large parts
 * @param accent of the small ones
 */
record Palette(Color body, Color accent) {

  /** A colour and the words for it; a Chinese one is one character. */
  private record Named(int rgb, List<String> words) {
    Named(int rgb, String... words) {
      this(rgb, List.of(words));
    }
  }

  private static final List<Named> NAMES =
      List.of(
          new Named(0xD9443A, "red", "红", "赤"),
          new Named(0xE8833A, "orange", "橙", "橘"),
          new Named(0xEDBE3D, "yellow", "gold", "黄", "金"),
          new Named(0x55A35A, "green", "绿"),
          new Named(0x3FA7A3, "teal", "cyan", "turquoise", "青"),
          new Named(0x3F77C4, "blue", "蓝"),
          new Named(0x8A5CC2, "purple", "violet", "紫"),
          new Named(0xE88AA9, "pink", "粉"),
          new Named(0x94653F, "brown", "wooden", "棕", "褐", "木"),
          new Named(0x4A4D55, "black", "黑"),
          new Named(0x8D949E, "grey", "gray", "silver", "灰", "银"),
          new Named(0xCFC8BC, "white", "ivory", "白"));

  static Palette of(String sentence, SplittableRandom random) {
    List<Color> named = named(sentence);
    float hue = (float) random.nextDouble();
    Color body = named.isEmpty() ? Color.getHSBColor(hue, 0.58f, 0.82f) : named.get(0);
    Color accent =
        named.size() > 1
            ? named.get(1)
            : Color.getHSBColor(
                Color.RGBtoHSB(body.getRed(), body.getGreen(), body.getBlue(), null)[0]
                    + (random.nextBoolean() ? 0.09f : 0.5f),
                0.62f,
                0.72f);
    return new Palette(body, accent);
  }

  private static List<Color> named(String sentence) {
    String text = sentence.toLowerCase(Locale.ROOT);
    List<Color> found = new ArrayList<>();
    for (Named name : NAMES) {
      for (String word : name.words()) {
        boolean latin = word.charAt(0) < 128;
        if (latin ? text.matches("(?s).*\\b" + word + "\\b.*") : text.contains(word)) {
          found.add(new Color(name.rgb()));
          break;
        }
      }
    }
    return found;
  }
}
