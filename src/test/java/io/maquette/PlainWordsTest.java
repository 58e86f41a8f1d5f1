package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Style check of comments and documentation: no phrase that hides who does what. */
class PlainWordsTest {

  private static final Pattern PHRASES =
      Pattern.compile(
          "\\b(whoever|whatever|whichever|whomever|somebody|nobody|everybody|anybody"
              + "|(?:is|are|was|were) told|tells|left alone|of one's own|anew|as it comes(?! from)|shall"
              + "|had better)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'"
              + "|//[^\\n]*|/\\*(?s:.*?)\\*/");

  /** Words of a sentence at most; shorter is better. */
  private static final int LONGEST = 30;

  @Test
  void comments_name_who_does_what() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : files("src/main/java", ".java")) {
      Matcher part = COMMENT_OR_LITERAL.matcher(Files.readString(file));
      while (part.find()) {
        if (part.group().startsWith("/")) {
          find(file, part.group().replaceAll("\\s+\\*?\\s*", " "), findings);
        }
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void pages_name_who_does_what_in_short_sentences() throws IOException {
    List<String> findings = new ArrayList<>();
    List<Path> pages = new ArrayList<>(files("docs", ".md"));
    pages.add(Path.of("README.md"));
    pages.add(Path.of("CONTRIBUTING.md"));
    for (Path page : pages) {
      String prose = prose(Files.readString(page));
      find(page, prose, findings);
      for (String sentence : prose.split("(?<=[.!?:;])\\s+|\\n{2,}|\\n\\s*[-*\\d#]", -1)) {
        int words = sentence.strip().split("\\s+", -1).length;
        if (words > LONGEST) {
          findings.add(page + ": " + words + " words: " + sentence.strip());
        }
      }
    }
    assertThat(findings).isEmpty();
  }

  /** Returns a page without code, tables and generated sections, which come from the code. */
  private static String prose(String page) {
    return page.replaceAll("(?s)<!-- generated from the code: .*?<!-- end: .*?-->", "")
        .replaceAll("(?s)```.*?```", "")
        .replaceAll("(?m)^\\|.*$", "")
        .replaceAll("\\]\\([^)]*\\)", "]")
        .replaceAll("`[^`]*`", "code");
  }

  private static void find(Path file, String text, List<String> findings) {
    Matcher phrase = PHRASES.matcher(text);
    while (phrase.find()) {
      int from = Math.max(0, phrase.start() - 40);
      int to = Math.min(text.length(), phrase.end() + 40);
      findings.add(file + ": " + text.substring(from, to).replace('\n', ' '));
    }
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
