package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Tencent's models on Payara Micro. */
@Tag("all")
class TencentPayaraMicroIT extends TencentContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException {
    return PayaraMicro.start(folder, war, environment);
  }
}
