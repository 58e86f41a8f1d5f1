package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.provider.http.BaseAddress;
import java.net.URI;

/** Base address of an OpenAI-compatible server, with the version of its interface. */
final class OpenAiAddress {

  private OpenAiAddress() {}

  /** Returns the address to which {@code /images/generations} and the other paths are appended. */
  static URI of(Settings settings) {
    return BaseAddress.versioned(
        settings.get(ProviderSetting.OPENAI_URL),
        "images/(generations|edits|variations)",
        "(chat/)?completions",
        "responses",
        "models");
  }
}
