package io.maquette.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence, word by word: the longest word that is known goes first, wherever one may begin. In
 * Chinese that is anywhere; elsewhere where a word begins, and several words may be one.
 */
final class Dictionary {

  /** Signs of scripts without spaces between words begin here. */
  private static final int FIRST_HAN = 0x2E80;

  private static final String ENDS_CLAUSE = ",.;:!?，。；：！？、\n";

  private final Vocabulary vocabulary = Vocabulary.known();
  private final String text;

  Dictionary(String sentence) {
    text = sentence.toLowerCase(Locale.ROOT).replace("\uFE0F", "");
  }

  /** What they mean, in their order. */
  List<Meaning> meanings() {
    List<Meaning> meanings = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = isLetter(at) ? latin(at, meanings) : other(at, meanings);
      at = end;
    }
    return meanings;
  }

  /** Takes the longest known run of words from here; returns where it goes on. */
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

  /** What a word means, as it stands or in the singular. */
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

  /** Whether it is part of a word that ends at the next space or sign. */
  private boolean isLetter(int at) {
    char c = text.charAt(at);
    return c == '-' || c == '\'' || c == '’' || (Character.isAlphabetic(c) && c < FIRST_HAN);
  }
}
