package io.maquette.it;

import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The providers' wires on WildFly. */
class ProvidersWildFlyIT extends ProvidersContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return WildFly.start(folder, war, environment);
  }
}
