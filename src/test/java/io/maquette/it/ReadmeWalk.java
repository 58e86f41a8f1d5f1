package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.Tool;
import io.maquette.mesh.GlbSurface;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell commands of a README, from a sentence to a model. */
final class ReadmeWalk {

  private static final Pattern WALK = Pattern.compile("```sh\n(BASE=.*?)```", Pattern.DOTALL);

  private ReadmeWalk() {}

  /** Walks in a shell; only the address is another. */
  static void walk(Path page, URI base, Path folder) throws IOException, InterruptedException {
    Tool.CURL.require();
    Matcher walk = WALK.matcher(Files.readString(page));
    assertThat(walk.find()).isTrue();
    Path script = folder.resolve("walk.sh");
    Files.writeString(script, walk.group(1).replace("http://localhost:8080", base.toString()));
    Path log = folder.resolve("walk.log");
    Process shell =
        new ProcessBuilder("bash", "-eu", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = shell.waitFor(2, TimeUnit.MINUTES);
    shell.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    assertThat(Files.readAllBytes(folder.resolve("picture.png"))).startsWith(0x89, 'P', 'N', 'G');
    GlbSurface.of(Files.readAllBytes(folder.resolve("model.glb"))).assertClosed();
  }
}
