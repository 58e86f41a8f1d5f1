package io.maquette.provider.openai;

import static io.maquette.provider.PromptVariants.COUNT;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parser of the variants in a chat model's answer. Models wrap JSON in a Markdown code fence,
 * precede it with their reasoning, or introduce it with a sentence; the parser skips all of that.
 */
final class VariantsInAnswer {

  /** Maximum length of a variant in code points, same as that of a user's sentence. */
  static final int MAX_LENGTH = 500;

  /** Maximum number of positions in an answer that are tried as the beginning of the JSON. */
  private static final int MAX_TRIES = 50;

  private static final Pattern THOUGHTS =
      Pattern.compile(
          "<(think|thinking|thought|reasoning)>.*?</\\1>",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  /**
   * End of the reasoning. The prompt template of some models contains its beginning, so the answer
   * contains only the end.
   */
  private static final Pattern END_OF_THOUGHTS =
      Pattern.compile("</(think|thinking|thought|reasoning)>", Pattern.CASE_INSENSITIVE);

  private VariantsInAnswer() {}

  /** Returns the variants; empty if none are usable. */
  static Optional<List<String>> of(String answer) {
    String text = THOUGHTS.matcher(answer).replaceAll("");
    String[] parts = END_OF_THOUGHTS.split(text, -1);
    text = parts[parts.length - 1];
    int tries = 0;
    for (int at = 0; at < text.length() && tries < MAX_TRIES; at++) {
      if (text.charAt(at) == '{') {
        tries++;
        int end = endOf(text, at);
        Optional<List<String>> variants =
            end < 0 ? Optional.empty() : variantsIn(text.substring(at, end));
        if (variants.isPresent()) {
          return variants;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the end of the JSON that begins here; -1 if it is incomplete. */
  private static int endOf(String text, int from) {
    int depth = 0;
    boolean inString = false;
    for (int at = from; at < text.length(); at++) {
      char next = text.charAt(at);
      if (inString) {
        if (next == '\\') {
          at++;
        } else if (next == '"') {
          inString = false;
        }
      } else if (next == '"') {
        inString = true;
      } else if (next == '{' || next == '[') {
        depth++;
      } else if ((next == '}' || next == ']') && --depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  private static Optional<List<String>> variantsIn(String json) {
    try {
      if (!(GuardedJson.object(json).get("variants") instanceof JsonArray array)) {
        return Optional.empty();
      }
      List<String> variants =
          array.getValuesAs(JsonString.class).stream()
              .map(variant -> variant.getString().strip())
              .toList();
      return variants.size() == COUNT
              && variants.stream().distinct().count() == COUNT
              && variants.stream().allMatch(VariantsInAnswer::isUsable)
          ? Optional.of(variants)
          : Optional.empty();
    } catch (RuntimeException e) { // no JSON, or other JSON: parsers throw different exceptions
      return Optional.empty();
    }
  }

  private static boolean isUsable(String variant) {
    return !variant.isBlank()
        && variant.codePointCount(0, variant.length()) <= MAX_LENGTH
        && variant.codePoints().noneMatch(VariantsInAnswer::isUnfit);
  }

  /**
   * Returns whether a character is a control character or an unpaired surrogate, which databases
   * cannot store.
   */
  private static boolean isUnfit(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }
}
