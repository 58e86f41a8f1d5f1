package io.maquette.studio;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The four printable styles a sentence is drawn in; one a picture, in this order. */
enum Style {
  FLAT("，扁平色块风格，轮廓简洁，纯色背景", ", flat colours, simple outline, plain background"),
  CLAY("，黏土手办风格，柔和光影，纯色背景", ", clay figurine, soft shading, plain background"),
  RELIEF("，浮雕线刻风格，单色，纯色背景", ", engraved relief, single colour, plain background"),
  LOW_POLY("，低多边形风格，棱角分明，纯色背景", ", low-poly facets, plain background");

  private static final List<Style> IN_ORDER = List.of(values());

  /**
   * The four in the order of a task's pictures: the one its sentence asks for goes first.
   *
   * @param first null if none is asked for
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

  /** The sentence in this style, in the language it is written in. */
  String of(String prompt) {
    boolean han =
        prompt
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return prompt + (han ? chinese : english);
  }

  /** The sentence a variant was made from; other text is a sentence of its own. */
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
