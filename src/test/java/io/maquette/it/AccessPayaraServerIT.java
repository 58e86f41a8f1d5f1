package io.maquette.it;

import io.maquette.it.server.PayaraServer;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("all")
class AccessPayaraServerIT extends AccessContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment) throws Exception {
    return PayaraServer.start(folder, war, environment);
  }
}
