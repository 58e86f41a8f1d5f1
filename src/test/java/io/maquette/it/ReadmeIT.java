package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.asset.GlbSurface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs tell a stranger to paste works as it stands. */
class ReadmeIT {

  private static final Pattern WALK = Pattern.compile("```sh\n(BASE=.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/README.zh.md"})
  void theWalkEndsWithAModel(String page) throws Exception {
    Path folder = Wars.freshFolder("readme");
    try (ServerProcess server =
        ServerProcess.start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of("MAQUETTE_HOME", folder.resolve("home").toString()))) {
      Matcher walk = WALK.matcher(Files.readString(Path.of(page)));
      assertThat(walk.find()).isTrue();
      Path script = folder.resolve("walk.sh");
      Files.writeString(
          script, walk.group(1).replace("http://localhost:8080", server.base().toString()));
      Process shell =
          new ProcessBuilder("bash", "-eu", script.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("walk.log").toFile())
              .start();
      boolean ended = shell.waitFor(2, TimeUnit.MINUTES);
      shell.destroyForcibly();
      assertThat(ended)
          .as(Files.readString(folder.resolve("walk.log"), StandardCharsets.UTF_8))
          .isTrue();
      assertThat(Files.readAllBytes(folder.resolve("picture.png"))).startsWith(0x89, 'P', 'N', 'G');
      GlbSurface.of(Files.readAllBytes(folder.resolve("model.glb"))).assertClosed();
      server.stop();
    }
  }
}
