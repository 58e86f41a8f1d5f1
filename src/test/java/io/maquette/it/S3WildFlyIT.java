package io.maquette.it;

import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Files in an S3 service on WildFly. */
class S3WildFlyIT extends S3Contract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return WildFly.start(folder, war, environment);
  }
}
