package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The picture of the packages in docs/architecture.md, compared with the code. Part of {@link
 * ArchitectureTest}, which reads the classes once.
 */
final class ArchitecturePicture {

  private record Arrow(String from, String to) {}

  private static final String ROOT = "io.maquette.";
  private static final Set<String> TECHNICAL =
      Set.of("config", "cluster", "persistence", "concurrent", "telemetry", "http", "json");

  private ArchitecturePicture() {}

  @ArchTest
  static void the_picture_has_every_dependency_and_no_other(JavaClasses classes)
      throws IOException {
    Set<Arrow> drawn = drawn();
    Set<Arrow> real = real(classes);
    assertThat(drawn).isNotEmpty().isSubsetOf(real);
    assertThat(withIndirect(drawn)).containsAll(real);
  }

  private static Set<Arrow> drawn() throws IOException {
    String page = Files.readString(Path.of("docs", "architecture.md"));
    String picture = page.split("```mermaid\\nflowchart TD\\n", 2)[1].split("```", 2)[0];
    Matcher line =
        Pattern.compile("(?m)^ *(\\w+)(?:\\[.*?])? *--> *([\\w &]+?)(?:\\[.*)?$").matcher(picture);
    Set<Arrow> arrows = new HashSet<>();
    while (line.find()) {
      for (String to : line.group(2).split("&", -1)) {
        arrows.add(new Arrow(line.group(1), to.strip()));
      }
    }
    return arrows;
  }

  private static Set<Arrow> real(JavaClasses classes) {
    Set<Arrow> arrows = new HashSet<>();
    classes.forEach(
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith(ROOT))
                .map(target -> new Arrow(feature(type), feature(target)))
                .filter(arrow -> !arrow.from().equals(arrow.to()))
                .forEach(arrows::add));
    return arrows;
  }

  private static String feature(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length()).split("\\.", 2)[0];
    return TECHNICAL.contains(name) ? "technical" : name;
  }

  private static Set<Arrow> withIndirect(Set<Arrow> arrows) {
    Set<Arrow> all = new HashSet<>(arrows);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Arrow first : List.copyOf(all)) {
        for (Arrow second : List.copyOf(all)) {
          grew |= first.to().equals(second.from()) && all.add(new Arrow(first.from(), second.to()));
        }
      }
    }
    return all;
  }
}
