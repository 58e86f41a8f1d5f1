package io.maquette.studio;

import io.maquette.studio.Meaning.Colour;
import io.maquette.studio.Meaning.Count;
import io.maquette.studio.Meaning.Ground;
import io.maquette.studio.Meaning.MadeOf;
import io.maquette.studio.Meaning.Manner;
import io.maquette.studio.Meaning.Nothing;
import io.maquette.studio.Meaning.Relation;
import io.maquette.studio.Meaning.Shape;
import io.maquette.studio.Meaning.Thing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Words that the studio knows, in English and Chinese: the search words of its pictograms ({@code
 * pictograms.tsv}), and its own words ({@code words.tsv}), which take precedence. Its Chinese words
 * are in simplified characters; {@code traditional.tsv} has the traditional ones.
 */
final class Vocabulary {

  /**
   * Maximum number of pictograms that share a word which still counts as a name, and as a vaguer
   * word.
   */
  private static final int SHARED_BY_FEW = 4;

  private static final int SHARED_BY_MANY = 12;

  /** Ranks of a word for a pictogram: its label, a part of it, another name, a related word. */
  private static final int LABEL = 0;

  private static final int VIEW = 1;
  private static final int HEAD = 2;
  private static final int TAG = 3;
  private static final int VAGUE = 4;

  /** Pictogram found by a word, with the rank of the word. */
  private record Found(int rank, Pictogram pictogram) {}

  /** Loaded on first use and kept; takes two megabytes. */
  private static final class Known {
    static final Vocabulary VOCABULARY = new Vocabulary();
  }

  private final Map<String, Meaning> meanings = new HashMap<>();
  private final Map<String, Pictogram> pictograms = new LinkedHashMap<>();
  private final Map<Character, Character> simplified = new HashMap<>();
  private int longest;

  private Vocabulary() {
    lines("pictograms.tsv")
        .forEach(
            line ->
                pictograms.put(
                    line[0],
                    new Pictogram(
                        line[0],
                        Integer.parseInt(line[1]),
                        line[2],
                        List.of(line[3].split("\\|", -1)),
                        List.of(line[4].split("\\|", -1)),
                        line[5])));
    Map<String, List<Found>> found = new HashMap<>();
    Map<String, Integer> sharedBy = new HashMap<>();
    for (Pictogram pictogram : pictograms.values()) {
      pictogram.english().forEach(word -> sharedBy.merge(word, 1, Integer::sum));
      pictogram.chinese().forEach(word -> sharedBy.merge(word, 1, Integer::sum));
    }
    pictograms.values().forEach(pictogram -> note(found, pictogram, sharedBy));
    found.forEach((word, all) -> meanings.put(word, thing(all)));
    lines("words.tsv").forEach(line -> own(line[0], line[1]));
    lines("traditional.tsv")
        .forEach(line -> line[1].chars().forEach(c -> simplified.put((char) c, line[0].charAt(0))));
    longest = meanings.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  static Vocabulary known() {
    return Known.VOCABULARY;
  }

  /**
   * Returns the meaning of a word or of several with spaces between them; null if it is unknown.
   */
  Meaning meaning(String word) {
    return meanings.get(word);
  }

  /** Returns the simplified form of a traditional Chinese character; any other one unchanged. */
  char simplified(char c) {
    return simplified.getOrDefault(c, c);
  }

  /** Returns the maximum number of characters of a word. */
  int longest() {
    return longest;
  }

  /** Returns all drawings, by name. */
  Map<String, Pictogram> pictograms() {
    return pictograms;
  }

  private static void note(
      Map<String, List<Found>> found, Pictogram pictogram, Map<String, Integer> sharedBy) {
    Set<String> noted = new HashSet<>();
    add(found, noted, pictogram.emoji(), LABEL, pictogram);
    add(found, noted, pictogram.name().replace('-', ' '), LABEL, pictogram);
    String english = pictogram.english().get(0);
    String chinese = pictogram.chinese().get(0);
    add(found, noted, english, LABEL, pictogram);
    add(found, noted, chinese, LABEL, pictogram);
    add(found, noted, english.replaceFirst(" face$", ""), VIEW, pictogram);
    add(found, noted, chinese.replaceFirst("的?[脸头]$", ""), VIEW, pictogram);
    if (pictogram.isThing()) {
      String head = english.replaceFirst("( with | of | behind | on |: ).*", "");
      add(found, noted, head.substring(head.lastIndexOf(' ') + 1), HEAD, pictogram);
    }
    for (String word : pictogram.chinese()) {
      boolean isName = word.length() > 1 && (word.contains(chinese) || chinese.contains(word));
      if (pictogram.isThing() && isName && sharedBy.get(word) <= SHARED_BY_FEW) {
        add(found, noted, word, TAG, pictogram);
      }
    }
    for (List<String> words : List.of(pictogram.english(), pictogram.chinese())) {
      for (String word : words) {
        boolean isWord = word.codePoints().anyMatch(Character::isLetter);
        if (isWord && sharedBy.get(word) <= SHARED_BY_MANY) {
          add(found, noted, word, VAGUE, pictogram);
        }
      }
    }
  }

  private static void add(
      Map<String, List<Found>> found,
      Set<String> noted,
      String word,
      int rank,
      Pictogram pictogram) {
    if (!word.isBlank() && noted.add(word)) {
      found.computeIfAbsent(word, w -> new ArrayList<>()).add(new Found(rank, pictogram));
    }
  }

  /** Returns the best drawings for a word; pictograms stay in Unicode's order. */
  private static Thing thing(List<Found> all) {
    List<Found> best = all.stream().sorted(Comparator.comparingInt(Found::rank)).toList();
    int rank = best.get(0).rank();
    List<Pictogram> views =
        best.stream()
            .filter(found -> found.rank() <= Math.max(VIEW, rank))
            .map(Found::pictogram)
            .limit(2)
            .toList();
    return new Thing(rank <= HEAD || rank == VAGUE ? views : views.subList(0, 1), rank < VAGUE);
  }

  private void own(String meaning, String words) {
    int colon = meaning.indexOf(':');
    String what = meaning.substring(colon + 1);
    Meaning means =
        switch (colon < 0 ? meaning : meaning.substring(0, colon)) {
          case "thing" -> thing(what);
          case "colour" -> new Colour(Integer.parseInt(what, 16));
          case "material" -> new MadeOf(Material.valueOf(what));
          case "style" -> new Manner(Style.valueOf(what));
          case "form" -> new Shape(Sculpting.Form.valueOf(what));
          case "count" -> new Count(Integer.parseInt(what));
          case "relation" -> Relation.valueOf(what);
          case "ground" -> Ground.valueOf(what);
          case "nothing" -> Nothing.NOTHING;
          default -> throw new IllegalStateException("words.tsv: " + meaning);
        };
    for (String word : words.split("\\|", -1)) {
      meanings.put(word.toLowerCase(Locale.ROOT), means);
    }
  }

  private Thing thing(String names) {
    List<Pictogram> views = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      Pictogram pictogram = pictograms.get(name);
      if (pictogram == null) {
        throw new IllegalStateException("words.tsv: no pictogram " + name);
      }
      views.add(pictogram);
    }
    return new Thing(views, true);
  }

  /** Returns the columns of each line that is neither empty nor a comment. */
  private static List<String[]> lines(String resource) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Vocabulary.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#')
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
