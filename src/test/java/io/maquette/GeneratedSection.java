package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page in {@code docs/} that is made from the code. A stale page is rewritten and the
 * test fails all the same, so that the change is looked at and committed.
 */
public final class GeneratedSection {

  private GeneratedSection() {}

  /** Checks the part of a page between its two marks. */
  public static void check(Path page, String name, String expected) throws IOException {
    String begin = "<!-- generated from the code: " + name + " -->\n";
    String end = "<!-- end: " + name + " -->";
    String text = Files.readString(page);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    assertThat(from >= 0 && to > from).as("marks of '%s' in %s", name, page).isTrue();
    String current = text.substring(from + begin.length(), to);
    String wanted = "\n" + expected.strip() + "\n\n";
    if (!current.equals(wanted)) {
      Files.writeString(
          page, text.substring(0, from + begin.length()) + wanted + text.substring(to));
    }
    assertThat(current)
        .as("'%s' in %s was stale and has been written anew; commit it", name, page)
        .isEqualTo(wanted);
  }
}
