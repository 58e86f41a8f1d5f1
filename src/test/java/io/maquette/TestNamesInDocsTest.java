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

/** Check that the tests which the documentation names as proofs exist. */
class TestNamesInDocsTest {

  /** A class, a method, or both, as in {@code `WorkerTest#a_step_ends`}. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT|Contract))?(?:#(\\w+))?`");

  @Test
  void every_test_that_a_page_names_exists() throws IOException {
    StringBuilder tests = new StringBuilder();
    for (Path file : files(Path.of("src/test/java"), ".java")) {
      tests.append(Files.readString(file));
    }
    List<String> missing = new ArrayList<>();
    for (Path page : files(Path.of("docs"), ".md")) {
      Matcher name = NAME.matcher(Files.readString(page));
      while (name.find()) {
        if (isMissing("(class|interface) ", name.group(1), "\\b", tests)
            || isMissing("(void|>|ArchRule)\\s+", name.group(2), "\\b", tests)) {
          missing.add(page + ": " + name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isMissing(String before, String name, String after, CharSequence tests) {
    return name != null && !Pattern.compile(before + name + after).matcher(tests).find();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
