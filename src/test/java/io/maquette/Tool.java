package io.maquette;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that tests use and Maven does not bring. A test whose tool is missing is skipped, and
 * the build names it at its end. With {@code -Dtools.required=true} the test fails instead.
 */
public enum Tool {
  ADMESH("admesh"),
  ASSIMP("assimp"),
  CHROMIUM("chromium"),
  CURL("curl"),
  NGINX("nginx"),
  NODE("node"),
  NPM("npm"),
  PGBOUNCER("pgbouncer"),
  PG_DUMP("pg_dump"),
  PROMETHEUS("prometheus"),
  PROMTOOL("promtool"),
  PYTHON("python3"),
  SCHEMATHESIS("schemathesis");

  private static final Path SKIPPED = Path.of("target", "skipped-tests.txt");

  private final String program;

  Tool(String program) {
    this.program = program;
  }

  /** Returns the path of the program, or skips the test that calls this. */
  public Path require() {
    Optional<Path> path = path();
    if (path.isEmpty()) {
      String missing = program + " is not installed";
      if (Boolean.getBoolean("tools.required")) {
        throw new IllegalStateException(missing);
      }
      note(StackWalker.getInstance().walk(Tool::testClass));
      Assumptions.abort(missing);
    }
    return path.orElseThrow();
  }

  private Optional<Path> path() {
    String configured = System.getProperty("it." + program);
    return configured == null
        ? folders()
            .map(folder -> folder.resolve(program).toAbsolutePath())
            .filter(Files::isExecutable)
            .findFirst()
        : Optional.of(Path.of(configured));
  }

  /** The folders of the search path, of administrators, and of what tests install themselves. */
  private static Stream<Path> folders() {
    return Stream.of(
            postgresFolders(),
            Stream.of("target/schemathesis/bin", "/usr/sbin").map(Path::of),
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of))
        .flatMap(folders -> folders);
  }

  /** Debian's wrapper of pg_dump lies alone in the search path. */
  private static Stream<Path> postgresFolders() {
    File[] versions = new File("/usr/lib/postgresql").listFiles();
    return Stream.ofNullable(versions)
        .flatMap(Arrays::stream)
        .map(version -> version.toPath().resolve("bin"));
  }

  private static String testClass(Stream<StackWalker.StackFrame> frames) {
    return frames
        .map(frame -> frame.getClassName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", ""))
        .filter(name -> name.matches("\\w+(Test|IT|Contract)"))
        .findFirst()
        .orElse("?");
  }

  private void note(String testClass) {
    try {
      Files.writeString(
          Files.createDirectories(SKIPPED.getParent()).resolve(SKIPPED.getFileName()),
          name() + " " + testClass + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints the classes with skipped tests, by the tool that is missing. */
  public static void main(String... skipped) throws IOException {
    Path file = Path.of(skipped[0]);
    if (!Files.exists(file)) {
      return;
    }
    Map<String, String> classes;
    try (Stream<String> lines = Files.lines(file)) {
      classes =
          lines
              .distinct()
              .sorted()
              .filter(line -> valueOf(line.replaceFirst(" .*", "")).path().isEmpty())
              .collect(
                  groupingBy(
                      line -> line.replaceFirst(" .*", "").toLowerCase(Locale.ROOT),
                      TreeMap::new,
                      mapping(line -> line.replaceFirst(".* ", ""), joining(", "))));
    }
    if (!classes.isEmpty()) {
      System.out.println(
          classes.entrySet().stream()
              .map(tool -> tool.getKey() + " (" + tool.getValue() + ")")
              .collect(joining(", ", "Skipped because a tool is missing: ", "")));
    }
  }
}
