package io.maquette.it;

import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("all")
class AccessWildFlyIT extends AccessContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment) throws Exception {
    return WildFly.start(folder, war, environment);
  }
}
