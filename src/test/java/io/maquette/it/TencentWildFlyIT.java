package io.maquette.it;

import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Tencent's models on WildFly. */
@Tag("all")
class TencentWildFlyIT extends TencentContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return WildFly.start(folder, war, environment);
  }
}
