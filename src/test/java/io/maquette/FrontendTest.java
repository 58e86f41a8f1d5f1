package io.maquette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks of the JavaScript in the pages, by the scripts in {@code src/package.json}. */
class FrontendTest {

  private static final Path FOLDER = Path.of("src");
  private static final Path LOCK = FOLDER.resolve("package-lock.json");

  /** What npm writes after a complete installation. */
  private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");

  private static final int OLDEST_NODE = 18;

  @BeforeAll
  static void install() throws Exception {
    Tool.NPM.require();
    String version = run(Tool.NODE.require().toString(), "--version").output.strip().substring(1);
    assumeTrue(
        Runtime.Version.parse(version).feature() >= OLDEST_NODE,
        () -> "node " + version + " is older than " + OLDEST_NODE);
    if (!Files.exists(INSTALLED)
        || Files.getLastModifiedTime(INSTALLED).compareTo(Files.getLastModifiedTime(LOCK)) < 0) {
      assertSucceeds("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    }
  }

  @Test
  void modules_follow_the_style_rules() throws Exception {
    assertSucceeds("npm", "run", "--silent", "lint");
  }

  @Test
  void modules_have_correct_types() throws Exception {
    assertSucceeds("npm", "run", "--silent", "types");
  }

  @Test
  void unit_tests_of_the_modules_pass() throws Exception {
    assertSucceeds("npm", "test", "--silent");
  }

  private static void assertSucceeds(String... command) throws Exception {
    Result result = run(command);
    assertThat(result.status).as(result.output).isZero();
  }

  private static Result run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("frontend", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("No end within five minutes: " + String.join(" ", command));
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private record Result(int status, String output) {}
}
