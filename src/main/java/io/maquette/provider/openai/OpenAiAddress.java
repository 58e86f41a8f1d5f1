package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.provider.http.BaseAddress;
import java.net.URI;

/** Where an OpenAI-compatible server is, with the version of its interface. */
final class OpenAiAddress {

  private OpenAiAddress() {}

  /** The address that {@code /images/generations} and the other paths are added to. */
  static URI of(Settings settings) {
    return BaseAddress.versioned(
        settings.get(ProviderSetting.OPENAI_URL),
        "images/(generations|edits|variations)",
        "(chat/)?completions",
        "responses",
        "models");
  }
}
