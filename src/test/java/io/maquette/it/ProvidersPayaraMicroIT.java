package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The providers' wires on Payara Micro. */
class ProvidersPayaraMicroIT extends ProvidersContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return PayaraMicro.start(folder, war, environment);
  }
}
