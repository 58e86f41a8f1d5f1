package io.maquette.it;

import io.maquette.Tool;
import io.maquette.it.server.PayaraMicro;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Payara Micro 7 on JDK 25 as an operator has it; skipped where no JDK 25 is installed. */
@Tag("all")
class NextPayaraMicroIT extends ServerContract<PayaraMicro> {

  @Override
  PayaraMicro start(Path folder, Path war, Map<String, String> environment) throws IOException {
    return PayaraMicro.start(
        folder,
        war,
        environment,
        Tool.JDK_25.require(),
        Path.of(System.getProperty("payara.next.microJar")));
  }
}
