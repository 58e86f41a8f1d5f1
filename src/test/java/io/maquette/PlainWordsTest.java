package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Style check of everything that people read: comments, pages, texts, settings, API descriptions,
 * logs and error messages. It finds phrases that hide who does what, and long sentences.
 */
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

  /** Literals that are no sentences: SQL statements and the patterns of provider messages. */
  private static final Pattern NO_SENTENCE =
      Pattern.compile(
          "\\s*(select|insert|update|delete|merge|with|from|where|create|alter)\\b.*|.*\\\\b.*|<.*"
              + "|.*\\b(is (not )?null|left join)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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
    pages.addAll(files("server-config", ".md"));
    pages.add(Path.of("README.md"));
    pages.add(Path.of("CONTRIBUTING.md"));
    pages.add(Path.of("CHANGELOG.md"));
    for (Path page : pages) {
      read(page, prose(Files.readString(page)), findings);
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void texts_of_the_pages_name_who_does_what_in_short_sentences() throws IOException {
    List<String> findings = new ArrayList<>();
    for (String name : List.of("texts.properties", "texts_zh.properties")) {
      Path bundle = Path.of("src/main/resources/io/maquette", name);
      Properties texts = new Properties();
      try (Reader reader = Files.newBufferedReader(bundle)) {
        texts.load(reader);
      }
      texts.values().forEach(text -> read(bundle, (String) text, findings));
    }
    Path table = Path.of("src/main/webapp/assets/js/texts.js");
    literals(Files.readString(table)).forEach(text -> read(table, text, findings));
    assertThat(findings).isEmpty();
  }

  @Test
  void settings_name_who_does_what_in_short_sentences() {
    List<String> findings = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      read(setting.name(), setting.meaning(), findings);
      read(setting.name(), setting.bounds(), findings);
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void api_descriptions_name_who_does_what_in_short_sentences() throws IOException {
    List<String> findings = new ArrayList<>();
    Path document = Path.of("src/main/resources/META-INF/openapi.yaml");
    Matcher text =
        Pattern.compile(
                "(?m)^( *)(?:- )?(?:.*?[ {])?(?:description|summary): (?:>-\\n((?:\\1 .*\\n)+)|(.*))")
            .matcher(Files.readString(document));
    while (text.find()) {
      String words = text.group(2) == null ? text.group(3) : text.group(2);
      read(document, words.replaceAll("`[^`]*`", "code").replaceAll("\\s+", " "), findings);
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void messages_name_who_does_what_in_short_sentences() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : files("src/main/java/io/maquette", ".java")) {
      literals(Files.readString(file)).stream()
          .filter(text -> text.strip().contains(" ") && !NO_SENTENCE.matcher(text).matches())
          .forEach(text -> read(file, text, findings));
    }
    assertThat(findings).isEmpty();
  }

  /** Returns the string literals of a file; concatenated literals are one text. */
  private static List<String> literals(String source) {
    List<String> literals = new ArrayList<>();
    Matcher part = COMMENT_OR_LITERAL.matcher(source);
    int end = -1;
    while (part.find()) {
      String text = part.group();
      if (text.startsWith("/")) {
        continue;
      }
      String content = text.substring(1, text.length() - 1);
      if (end >= 0 && source.substring(end, part.start()).isBlank()) {
        content = literals.remove(literals.size() - 1) + content;
      }
      literals.add(content);
      end = source.startsWith("+", nextWord(source, part.end())) ? plus(source, part.end()) : -1;
    }
    return literals;
  }

  private static int nextWord(String source, int from) {
    int at = from;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int plus(String source, int from) {
    return nextWord(source, from) + 1;
  }

  /** Returns a page without code, tables and generated sections, which come from the code. */
  private static String prose(String page) {
    return page.replaceAll("(?s)<!-- generated from the code: .*?<!-- end: .*?-->", "")
        .replaceAll("(?s)```.*?```", "")
        .replaceAll("(?m)^\\|.*$", "")
        .replaceAll("\\]\\([^)]*\\)", "]")
        .replaceAll("`[^`]*`", "code");
  }

  private static void read(Object where, String text, List<String> findings) {
    find(where, text, findings);
    for (String sentence : text.split("(?<=[.!?:;])\\s+|\\n{2,}|\\n\\s*[-*\\d#]", -1)) {
      int words = sentence.strip().split("\\s+", -1).length;
      if (words > LONGEST) {
        findings.add(where + ": " + words + " words: " + sentence.strip());
      }
    }
  }

  private static void find(Object where, String text, List<String> findings) {
    Matcher phrase = PHRASES.matcher(text);
    while (phrase.find()) {
      int from = Math.max(0, phrase.start() - 40);
      int to = Math.min(text.length(), phrase.end() + 40);
      String around = text.substring(from, to).replace('\n', ' ');
      findings.add(where + ": " + around);
    }
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
