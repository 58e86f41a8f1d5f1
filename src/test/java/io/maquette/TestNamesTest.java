package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the names of tests, and check that the tests which the documentation names exist. */
class TestNamesTest {

  /** A class, a method, or both, as in {@code `WorkerTest#a_step_ends`}. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT|Contract))?(?:#(\\w+))?`");

  /** A declaration: the name of a class, or of a test or rule. */
  private static final Pattern DECLARED =
      Pattern.compile("(?:class|interface) (\\w+)|(?:void|>|ArchRule)\\s+(\\w+)");

  /** The method of a test, after its annotations. */
  private static final Pattern TEST =
      Pattern.compile("@(?:Parameterized)?Test\\b[^;{}]*?\\bvoid\\s+(\\w+)\\s*\\(");

  @Test
  void names_of_tests_are_in_snake_case() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path file : files(Path.of("src/test/java"), ".java")) {
      Matcher test = TEST.matcher(Files.readString(file));
      while (test.find()) {
        if (!test.group(1).matches("[a-z0-9_]+")) {
          others.add(file + ": " + test.group(1));
        }
      }
    }
    assertThat(others).isEmpty();
  }

  @Test
  void every_test_that_a_page_names_exists() throws IOException {
    Set<String> types = new HashSet<>();
    Set<String> members = new HashSet<>();
    for (Path file : files(Path.of("src/test/java"), ".java")) {
      Matcher declared = DECLARED.matcher(Files.readString(file));
      while (declared.find()) {
        types.add(declared.group(1));
        members.add(declared.group(2));
      }
    }
    List<String> missing = new ArrayList<>();
    for (Path page : files(Path.of("docs"), ".md")) {
      Matcher name = NAME.matcher(Files.readString(page));
      while (name.find()) {
        if (isMissing(name.group(1), types) || isMissing(name.group(2), members)) {
          missing.add(page + ": " + name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isMissing(String name, Set<String> declared) {
    return name != null && !declared.contains(name);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
