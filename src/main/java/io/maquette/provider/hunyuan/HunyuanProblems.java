package io.maquette.provider.hunyuan;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.RetiredInterfaceException;
import io.maquette.provider.wire.ErrorAnswer;
import io.maquette.provider.wire.ErrorBody;
import io.maquette.provider.wire.HttpProblems;
import io.maquette.provider.wire.ProviderWords;

/**
 * The one place where the server's errors become our problems. It has no codes: FastAPI answers 422
 * to a body it does not accept and 500 where the server's code broke.
 */
final class HunyuanProblems {

  private static final ProviderWords WORDS = new ProviderWords("");

  /** Version 2.1 says so, with HTTP 500, when it could not begin a job. */
  private static final String NOT_BEGUN = "Failed to start generation";

  private HunyuanProblems() {}

  /** Why a submission was not accepted. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    return switch (answer.status()) {
      case 404, 405, 410 ->
          new RetiredInterfaceException(
              describe(answer) + "; POST /send is called at maquette.hunyuan.url");
      default ->
          of(
              answer.body().contains(NOT_BEGUN)
                  ? Problem.UNAVAILABLE
                  : HttpProblems.ofSubmission(answer.status()),
              answer);
    };
  }

  /** Why a question was not answered. */
  static ProviderException ofQuestion(ErrorAnswer answer) {
    return of(HttpProblems.ofQuestion(answer.status()), answer);
  }

  /** Why a job failed. */
  static ProviderException ofJob(String words) {
    return ProviderException.of(Problem.UNAVAILABLE, WORDS.of("error: " + words));
  }

  private static ProviderException of(Problem problem, ErrorAnswer answer) {
    return ProviderException.of(problem, describe(answer), answer.retryAfter().orElse(null), null);
  }

  private static String describe(ErrorAnswer answer) {
    String words = ErrorBody.of(answer).words();
    return WORDS.of("HTTP " + answer.status() + (words == null ? "" : ": " + words));
  }
}
