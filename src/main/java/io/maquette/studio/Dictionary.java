package io.maquette.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splitter of a sentence into known words; the longest known word wins at each position. A Chinese
 * word may begin anywhere, but a single character among unknown ones does not count as a word. In
 * other scripts a word begins at a word boundary, and several words may form one entry. Traditional
 * characters and full-width letters are read as their usual forms.
 */
final class Dictionary {

  /** First character of scripts without spaces between words. */
  private static final int FIRST_HAN = 0x2E80;

  /** Full-width forms of the characters from ! to ~. */
  private static final char FIRST_FULL_WIDTH = '\uFF01';

  private static final char LAST_FULL_WIDTH = '\uFF5E';
  private static final char FULL_WIDTH_OFFSET = 0xFEE0;
  private static final char WIDE_SPACE = '\u3000';

  /** Selects the coloured form of an emoji. */
  private static final char EMOJI_VARIANT = '\uFE0F';

  private static final String ENDS_CLAUSE = ",.;:!?，。；：！？、\n";

  private final Vocabulary vocabulary = Vocabulary.known();
  private final String text;

  Dictionary(String sentence) {
    StringBuilder usual = new StringBuilder(sentence.length());
    for (int at = 0; at < sentence.length(); at++) {
      char c = sentence.charAt(at);
      if (c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH) {
        usual.append((char) (c - FULL_WIDTH_OFFSET));
      } else if (c == WIDE_SPACE) {
        usual.append(' ');
      } else if (c != EMOJI_VARIANT) {
        usual.append(vocabulary.simplified(c));
      }
    }
    text = usual.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns the meanings of the words, in order. */
  List<Meaning> meanings() {
    List<Meaning> meanings = new ArrayList<>();
    List<Integer> single = new ArrayList<>(); // things named by one character
    int at = 0;
    while (at < text.length()) {
      boolean isLatin = isLetter(at);
      int end = isLatin ? latin(at, meanings) : other(at, meanings);
      int last = meanings.size() - 1;
      if (!isLatin && end == at + 1 && last >= 0 && meanings.get(last) instanceof Meaning.Thing) {
        single.add(last);
      }
      at = end;
    }
    for (int place : single) {
      if (isWithinUnknown(meanings, place)) {
        meanings.set(place, Meaning.Nothing.UNKNOWN);
      }
    }
    return meanings;
  }

  /** Returns whether unknown characters follow a character, or two of them precede it. */
  private static boolean isWithinUnknown(List<Meaning> meanings, int place) {
    boolean isFollowed =
        place + 1 < meanings.size() && meanings.get(place + 1) == Meaning.Nothing.UNKNOWN;
    return isFollowed
        || (place > 1
            && meanings.get(place - 1) == Meaning.Nothing.UNKNOWN
            && meanings.get(place - 2) == Meaning.Nothing.UNKNOWN);
  }

  /** Takes the longest known sequence of words at a position; returns the position after it. */
  private int latin(int start, List<Meaning> meanings) {
    int firstEnd = wordEnd(start);
    List<Integer> ends = new ArrayList<>();
    for (int end = firstEnd; end - start <= vocabulary.longest(); end = wordEnd(end + 1)) {
      ends.add(end);
      if (end + 1 >= text.length() || text.charAt(end) != ' ' || !isLetter(end + 1)) {
        break;
      }
    }
    Meaning vague = null;
    for (int i = ends.size() - 1; i >= 0; i--) {
      Meaning meaning = ofLatin(text.substring(start, ends.get(i)));
      if (isSure(meaning)) {
        meanings.add(meaning);
        return ends.get(i);
      }
      vague = vague == null ? meaning : vague;
    }
    boolean isNumber = text.substring(start, firstEnd).chars().allMatch(Character::isDigit);
    Meaning.Nothing otherwise = isNumber ? Meaning.Nothing.NOTHING : Meaning.Nothing.UNKNOWN;
    meanings.add(vague == null ? otherwise : vague);
    return firstEnd;
  }

  /** Returns the meaning of a word, as written or in the singular. */
  private Meaning ofLatin(String word) {
    Meaning vague = null;
    for (String form : forms(word)) {
      Meaning meaning = vocabulary.meaning(form);
      if (isSure(meaning)) {
        return meaning;
      }
      vague = vague == null ? meaning : vague;
    }
    return vague;
  }

  private static List<String> forms(String word) {
    List<String> forms = new ArrayList<>(List.of(word));
    ending(word, "'s", "", forms);
    ending(word, "’s", "", forms);
    if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")) {
      forms.add(word.substring(0, word.length() - 1));
    }
    for (String plural : List.of("ches", "shes", "ses", "xes", "zes", "oes")) {
      ending(word, plural, plural.substring(0, plural.length() - 2), forms);
    }
    ending(word, "ies", "y", forms);
    ending(word, "ves", "f", forms);
    ending(word, "ves", "fe", forms);
    return forms;
  }

  private static void ending(String word, String ending, String singular, List<String> forms) {
    if (word.length() > ending.length() && word.endsWith(ending)) {
      forms.add(word.substring(0, word.length() - ending.length()) + singular);
    }
  }

  private static boolean isSure(Meaning meaning) {
    return meaning != null && !(meaning instanceof Meaning.Thing thing && !thing.sure());
  }

  private int other(int start, List<Meaning> meanings) {
    int next = start + Character.charCount(text.codePointAt(start));
    Meaning vague = null;
    for (int end = Math.min(text.length(), start + vocabulary.longest()); end > start; end--) {
      Meaning meaning = vocabulary.meaning(text.substring(start, end));
      if (isSure(meaning)) {
        meanings.add(meaning);
        return end;
      }
      vague = vague == null ? meaning : vague;
    }
    if (vague != null) {
      meanings.add(vague);
    } else if (ENDS_CLAUSE.indexOf(text.charAt(start)) >= 0) {
      meanings.add(Meaning.Nothing.END_OF_CLAUSE);
    } else if (Character.isAlphabetic(text.codePointAt(start))) {
      meanings.add(Meaning.Nothing.UNKNOWN);
    }
    return next;
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < text.length() && isLetter(end)) {
      end++;
    }
    return end;
  }

  /**
   * Returns whether the character belongs to a word that ends at the next space or punctuation
   * mark.
   */
  private boolean isLetter(int at) {
    char c = text.charAt(at);
    boolean isOfWord = Character.isAlphabetic(c) || Character.isDigit(c);
    return c == '-' || c == '\'' || c == '’' || (isOfWord && c < FIRST_HAN);
  }
}
