package io.maquette.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splitter of a sentence into known words; the longest known word wins at each position. A Chinese
 * word may begin anywhere. In other scripts it begins at a word boundary, and several words may
 * form one entry.
 */
final class Dictionary {

  /** First character of scripts without spaces between words. */
  private static final int FIRST_HAN = 0x2E80;

  private static final String ENDS_CLAUSE = ",.;:!?，。；：！？、\n";

  private final Vocabulary vocabulary = Vocabulary.known();
  private final String text;

  Dictionary(String sentence) {
    text = sentence.toLowerCase(Locale.ROOT).replace("\uFE0F", "");
  }

  /** Returns the meanings of the words, in order. */
  List<Meaning> meanings() {
    List<Meaning> meanings = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = isLetter(at) ? latin(at, meanings) : other(at, meanings);
      at = end;
    }
    return meanings;
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
    meanings.add(vague == null ? Meaning.Nothing.UNKNOWN : vague);
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
    int length = word.length();
    if (length > 3 && word.endsWith("s")) {
      forms.add(word.substring(0, length - 1));
      forms.add(word.substring(0, length - 2)); // 's, -es
      forms.add(word.substring(0, length - 3) + "y");
      forms.add(word.substring(0, length - 3) + "f");
    }
    return forms;
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
    return c == '-' || c == '\'' || c == '’' || (Character.isAlphabetic(c) && c < FIRST_HAN);
  }
}
