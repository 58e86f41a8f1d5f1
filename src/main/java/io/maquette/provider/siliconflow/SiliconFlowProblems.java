package io.maquette.provider.siliconflow;

import io.maquette.config.ProviderSetting;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;

/**
 * Mapper of SiliconFlow's error codes to problems: {@code {code, message, data}} with a numeric
 * code, or plain text (docs.siliconflow.cn, error handling).
 */
final class SiliconFlowProblems {

  private final SettingErrors settings =
      new SettingErrors(ProviderSetting.SILICONFLOW_URL, ProviderSetting.SILICONFLOW_KEY)
          .with("model", ProviderSetting.SILICONFLOW_MODEL)
          .with("image_size", ProviderSetting.SILICONFLOW_SIZE);
  private final ProviderWords words;

  SiliconFlowProblems(String key) {
    words = new ProviderWords(key);
  }

  ProviderException of(ErrorAnswer answer) {
    ErrorBody body = ErrorBody.of(answer);
    String code = body.text("code");
    String line = words.of("HTTP " + answer.status(), code, body.text("message"), answer.request());
    return switch (String.valueOf(code)) {
      // the balance is insufficient; sent with 403 or 402
      case "30001" -> settings.ofKey(Problem.OUT_OF_CREDIT, line);
      case "20012" -> settings.ofModel(answer, line);
      default ->
          settings
              .of(answer, line)
              .orElseGet(
                  () ->
                      ProviderException.of(
                          HttpProblems.ofSubmission(answer.status()), // 451 is the content policy
                          line,
                          answer.retryAfter().orElse(null),
                          null));
    };
  }
}
