package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Files in an S3 service on Payara Micro. */
class S3PayaraMicroIT extends S3Contract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return PayaraMicro.start(folder, war, environment);
  }
}
