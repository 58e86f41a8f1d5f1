package io.maquette.storage;

import io.maquette.config.Settings;
import java.util.Optional;

/** Factory of downloads for tests of adapters, outside CDI. */
public final class TestDownloads {

  private TestDownloads() {}

  public static Downloads of(Settings settings) {
    return new Downloads(settings);
  }

  /**
   * Creates downloads as if the operator had named a host.
   *
   * @param host with its port
   */
  public static Downloads from(String host) {
    return of(
        Settings.read(
            name ->
                name.equals("maquette.download.allowed-hosts")
                    ? Optional.of(host)
                    : Optional.empty()));
  }
}
