package io.maquette.asset;

import io.maquette.platform.Settings;

/** Downloads for tests of adapters, outside CDI. */
public final class TestDownloads {

  private TestDownloads() {}

  public static Downloads of(Settings settings) {
    return new Downloads(settings);
  }
}
