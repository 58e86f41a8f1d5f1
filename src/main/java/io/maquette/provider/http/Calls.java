package io.maquette.provider.http;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import io.maquette.json.InvalidJsonException;
import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * Executor of calls by a REST client, which maps each outcome to a {@link Problem}. The provider's
 * own mapper reads the content of its error answers.
 */
public final class Calls {

  private final Function<ErrorAnswer, ProviderException> submissionErrors;
  private final Function<ErrorAnswer, ProviderException> questionErrors;
  private final BaseAddressSetting address;

  /**
   * Creates the calls to one provider.
   *
   * @param submissionErrors maps an error answer to a submission
   * @param questionErrors maps an error answer to a query
   */
  public Calls(
      Function<ErrorAnswer, ProviderException> submissionErrors,
      Function<ErrorAnswer, ProviderException> questionErrors) {
    this(submissionErrors, questionErrors, null);
  }

  private Calls(
      Function<ErrorAnswer, ProviderException> submissionErrors,
      Function<ErrorAnswer, ProviderException> questionErrors,
      BaseAddressSetting address) {
    this.submissionErrors = submissionErrors;
    this.questionErrors = questionErrors;
    this.address = address;
  }

  /**
   * Creates the calls to a provider. A submission's UNAVAILABLE with HTTP 5xx becomes
   * OUTCOME_UNKNOWN if the provider may charge for it.
   *
   * @param provider whose {@link Provider#chargesForServerErrors} applies
   */
  public Calls(
      Provider provider,
      Function<ErrorAnswer, ProviderException> submissionErrors,
      Function<ErrorAnswer, ProviderException> questionErrors) {
    this(
        answer -> {
          ProviderException problem = submissionErrors.apply(answer);
          return answer.status() >= 500
                  && problem.problem() == Problem.UNAVAILABLE
                  && provider.chargesForServerErrors()
              ? ProviderException.of(Problem.OUTCOME_UNKNOWN, problem.getMessage(), null, problem)
              : problem;
        },
        questionErrors);
  }

  /**
   * Returns the same calls, whose connection failures name the host, the port and the setting.
   *
   * @param setting of the base address
   */
  public Calls to(Setting<URI> setting, Settings settings) {
    return new Calls(
        submissionErrors,
        questionErrors,
        new BaseAddressSetting(setting.name(), settings.get(setting)));
  }

  /**
   * Makes a call that must not be repeated without need.
   *
   * @throws ProviderException OUTCOME_UNKNOWN if the provider may have accepted it
   */
  public <T> T submit(Supplier<T> call) throws ProviderException {
    return make(call, submissionErrors, Problem.OUTCOME_UNKNOWN);
  }

  /** Makes a call that may be repeated freely. */
  public <T> T ask(Supplier<T> call) throws ProviderException {
    return make(call, questionErrors, Problem.UNAVAILABLE);
  }

  // The servers' REST clients differ in what they throw and how they wrap it. Any exception means
  // that the call failed, and only a connection failure proves that nothing was sent. An answer
  // that cannot be read concerns one task. It is no outage, which would open the circuit breaker.
  private <T> T make(
      Supplier<T> call, Function<ErrorAnswer, ProviderException> errors, Problem brokenOff)
      throws ProviderException {
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      ErrorAnswer said = find(e, ErrorAnswer.class);
      if (said != null) {
        throw errors.apply(said);
      }
      UnreadableAnswerException unreadable = find(e, UnreadableAnswerException.class);
      if (unreadable != null) {
        throw notUnderstood(brokenOff, describe(e), e);
      }
      if (neverSent(e)) {
        throw ProviderException.of(Problem.UNAVAILABLE, describeUnsent(e), null, e);
      }
      throw ProviderException.of(brokenOff, describe(e), null, e);
    }
    if (answer == null) {
      throw notUnderstood(brokenOff, "the answer is empty", null);
    }
    return answer;
  }

  private static ProviderException notUnderstood(
      Problem brokenOff, String message, Throwable cause) {
    return brokenOff == Problem.OUTCOME_UNKNOWN
        ? new ProviderException(brokenOff, message, cause)
        : ProviderException.of(brokenOff, message, null, cause);
  }

  private static boolean neverSent(Throwable failure) {
    if (find(failure, ConnectException.class) != null
        || find(failure, UnknownHostException.class) != null
        || find(failure, NoRouteToHostException.class) != null
        || find(failure, SSLHandshakeException.class) != null) {
      return true;
    }
    SocketTimeoutException late = find(failure, SocketTimeoutException.class);
    if (late != null) {
      return String.valueOf(late.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
    }
    IOException other = find(failure, IOException.class);
    return other != null && other.getClass().getSimpleName().equals("ConnectTimeoutException");
  }

  private static <T extends Throwable> T find(Throwable failure, Class<T> kind) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** Names the address that cannot be reached and its setting, without path and query. */
  private String describeUnsent(Throwable failure) {
    if (address == null) {
      return describe(failure);
    }
    ConnectException refused = find(failure, ConnectException.class);
    String why =
        refused == null || refused.getMessage() == null
            ? describe(failure)
            : shortened(refused.getMessage());
    return "cannot connect to " + address.inWords() + ": " + why;
  }

  /**
   * Describes a failure by its innermost cause, which is the most specific one and contains neither
   * keys nor contents.
   */
  private static String describe(Throwable failure) {
    IOException io = find(failure, IOException.class);
    Throwable telling = io == null ? failure : io;
    String message = String.valueOf(telling.getMessage());
    if (telling instanceof UnreadableAnswerException || telling instanceof InvalidJsonException) {
      return message;
    }
    return telling.getClass().getSimpleName()
        + (io == null || io.getMessage() == null ? "" : ": " + shortened(message));
  }

  private static String shortened(String message) {
    return message.substring(0, Math.min(200, message.length()));
  }

  /** Base address and the name of its setting. */
  private record BaseAddressSetting(String name, URI address) {
    String inWords() {
      return BaseAddress.hostAndPort(address)
          + " ("
          + name
          + ")"
          + OutboundProxy.of(address)
              .map(proxy -> " through the proxy " + proxy.getHostString() + ":" + proxy.getPort())
              .orElse("");
    }
  }
}
