package io.maquette.asset;

import io.maquette.platform.Settings;
import java.util.Optional;

/** Downloads for tests of other packages. */
public final class TestDownloads {

  private TestDownloads() {}

  /** Downloads that may fetch from this host beside those a provider documents. */
  public static Downloads from(String host) {
    return new Downloads(
        Settings.read(
            name ->
                name.equals("maquette.download.allowed-hosts")
                    ? Optional.of(host)
                    : Optional.empty()));
  }
}
