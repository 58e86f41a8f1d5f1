package io.maquette.studio;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the four printable styles of a task's pictures, in their default order. */
enum Style {
  FLAT("，扁平色块风格，轮廓简洁，纯色背景", ", flat colours, simple outline, plain background"),
  CLAY("，黏土手办风格，柔和光影，纯色背景", ", clay figurine, soft shading, plain background"),
  RELIEF("，浮雕线刻风格，单色，纯色背景", ", engraved relief, single colour, plain background"),
  LOW_POLY("，低多边形风格，棱角分明，纯色背景", ", low-poly facets, plain background");

  private static final List<Style> IN_ORDER = List.of(values());

  /**
   * Returns the styles in the order of a task's pictures; the requested one is first.
   *
   * @param first null if none is requested
   */
  static List<Style> inOrderFor(Style first) {
    return first == null
        ? IN_ORDER
        : Stream.concat(Stream.of(first), IN_ORDER.stream().filter(style -> style != first))
            .toList();
  }

  private final String chinese;
  private final String english;

  Style(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  /**
   * Returns the sentence with the words for this style appended, in the language of the sentence.
   */
  String of(String prompt) {
    boolean han =
        prompt
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return prompt + (han ? chinese : english);
  }

  /** Returns the sentence from which a variant was made; any other text is returned unchanged. */
  static String subjectOf(String variant) {
    Optional<String> ending =
        Arrays.stream(values())
            .flatMap(style -> Arrays.stream(new String[] {style.chinese, style.english}))
            .filter(variant::endsWith)
            .findFirst();
    return ending
        .map(words -> variant.substring(0, variant.length() - words.length()))
        .orElse(variant);
  }
}
