package io.maquette.provider.siliconflow;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.ErrorAnswer;
import io.maquette.provider.wire.ErrorBody;
import io.maquette.provider.wire.HttpProblems;
import io.maquette.provider.wire.ProviderWords;

/**
 * What SiliconFlow's codes mean to us: {@code {code, message, data}} with the code a number, or a
 * mere text (docs.siliconflow.cn, error handling).
 */
final class SiliconFlowProblems {

  private final ProviderWords words;

  SiliconFlowProblems(String key) {
    words = new ProviderWords(key);
  }

  ProviderException of(ErrorAnswer answer) {
    ErrorBody body = ErrorBody.of(answer);
    String code = body.text("code");
    return ProviderException.of(
        problem(answer.status(), String.valueOf(code)),
        words.of("HTTP " + answer.status(), code, body.text("message"), answer.request()),
        answer.retryAfter().orElse(null),
        null);
  }

  private static Problem problem(int status, String code) {
    return switch (code) {
      case "30001" -> Problem.OUT_OF_CREDIT; // the balance is insufficient; sent with 403 or 402
      case "20012" -> Problem.UNAUTHORISED; // no such model: no user's fault
      default -> HttpProblems.ofSubmission(status); // 451 is the content policy
    };
  }
}
