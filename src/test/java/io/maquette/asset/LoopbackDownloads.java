package io.maquette.asset;

import io.maquette.platform.Settings;
import java.util.Optional;

/** Downloads that may also come from one simulator, for tests outside a server. */
public final class LoopbackDownloads extends Downloads implements AutoCloseable {

  /**
   * As if the operator had named the host.
   *
   * @param host with its port
   */
  public LoopbackDownloads(String host) {
    super(
        Settings.read(
            name ->
                name.equals("maquette.download.allowed-hosts")
                    ? Optional.of(host)
                    : Optional.empty()));
  }

  @Override
  public void close() {
    super.close();
  }
}
