package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs tell a stranger to paste works as it stands. */
class ReadmeIT {

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/README.zh.md"})
  void theWalkEndsWithAModel(String page) throws Exception {
    Path folder = Wars.freshFolder("readme");
    try (Server server =
        PayaraMicro.start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of("MAQUETTE_HOME", folder.resolve("home").toString()))) {
      ReadmeWalk.walk(Path.of(page), server.base(), folder);
      server.stop();
    }
  }
}
