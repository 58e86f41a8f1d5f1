package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.server.PayaraMicro;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payara Micro as an operator has it. */
class PayaraMicroIT extends ServerContract<PayaraMicro> {

  @Override
  PayaraMicro start(Path folder, Path war, Map<String, String> environment) throws IOException {
    return PayaraMicro.start(folder, war, environment);
  }

  @Test
  void every_boot_command_succeeds() throws Exception {
    assertThat(server().log())
        .contains("Boot Command set-healthcheck-service-configuration returned with result SUCCESS")
        .doesNotContainPattern("Boot Command .* (failed|returned with result (FAILURE|WARNING))");
  }
}
