package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.RestClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Chat model client that requests JSON. If the server or its model refuses an option ({@code
 * temperature}, {@code reasoning_effort}, {@code response_format}), the client retries without it
 * and omits it from then on. {@link ModelFamily} says which of the first two a model gets.
 *
 * <p>It is a separate bean, so that its circuit breaker sees the failures that {@link
 * OpenAiPromptVariants} handles. While the circuit breaker is open, pictures do not wait for an
 * unavailable server.
 */
@ApplicationScoped
public class OpenAiChat {

  /** Option that a request may omit. */
  private enum Option {
    TEMPERATURE("temperature"),
    REASONING_EFFORT("reasoning[_ ]?effort"),
    RESPONSE_FORMAT("response[_ ]?format|json[_ -]?(object|mode|schema)");

    private final Pattern words;

    Option(String words) {
      this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
  }

  /** Refusal by the server, most likely because of these options. */
  private static final class OptionRefusedException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final transient Set<Option> options;

    OptionRefusedException(ProviderException problem, Set<Option> options) {
      super(problem.problem(), problem.getMessage(), problem);
      this.options = options;
    }
  }

  private static final Logger LOG = Logger.getLogger(OpenAiChat.class.getName());

  private static final Pattern OF_THE_CONTENT =
      Pattern.compile("safety|polic(y|ies)|moderat|content_filter", Pattern.CASE_INSENSITIVE);

  private final Set<Option> refused = ConcurrentHashMap.newKeySet();
  private OpenAiChatClient client;
  private String key;
  private String model;
  private boolean reasons;
  private OpenAiProblems problems;
  private Calls calls;

  /** For CDI. */
  protected OpenAiChat() {}

  @Produces
  static OpenAiChatClient client(RestClients clients, Settings settings) {
    return clients.make(
        OpenAiChatClient.class,
        "openai-chat",
        OpenAiAddress.of(settings),
        ProviderSetting.OPENAI_CHAT_MODEL);
  }

  @Inject
  OpenAiChat(OpenAiChatClient client, Settings settings) {
    this.client = client;
    key = settings.get(ProviderSetting.OPENAI_KEY);
    model = settings.get(ProviderSetting.OPENAI_CHAT_MODEL);
    reasons = ModelFamily.reasons(model);
    problems = new OpenAiProblems(key, ProviderSetting.OPENAI_CHAT_MODEL);
    calls = new Calls(this::problemOf, this::problemOf).to(ProviderSetting.OPENAI_URL, settings);
  }

  /**
   * Asks one question.
   *
   * @param task instruction for the model; must contain the word JSON
   * @param words the user's words
   * @return the model's answer, usually a JSON object; may be blank
   * @throws ProviderException with the {@link Problem} of the call
   */
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public String answerTo(String task, String words) throws ProviderException {
    Set<Option> without = EnumSet.noneOf(Option.class);
    without.addAll(refused);
    for (; ; ) {
      try {
        String answer = answerTo(task, words, without);
        if (refused.addAll(without)) {
          LOG.info(
              () -> "The chat model is called without " + without + " in all further requests");
        }
        return answer;
      } catch (OptionRefusedException e) {
        if (!without.addAll(e.options)) {
          throw e.getCause() instanceof ProviderException problem ? problem : e;
        }
      }
    }
  }

  private String answerTo(String task, String words, Set<Option> without) throws ProviderException {
    OpenAiChatClient.Completion completion =
        calls.submit(
            () ->
                client.complete(
                    "Bearer " + key,
                    new OpenAiChatClient.Conversation(
                        model,
                        List.of(
                            new OpenAiChatClient.Message("system", task),
                            new OpenAiChatClient.Message("user", words)),
                        reasons || without.contains(Option.TEMPERATURE) ? null : 0,
                        reasons && !without.contains(Option.REASONING_EFFORT) ? "low" : null,
                        without.contains(Option.RESPONSE_FORMAT)
                            ? null
                            : new OpenAiChatClient.Format("json_object"))));
    List<OpenAiChatClient.Choice> choices = completion.choices();
    OpenAiChatClient.Choice choice = choices == null || choices.isEmpty() ? null : choices.get(0);
    if (completion.error() != null && choice == null) {
      throw problems.of(completion.error());
    }
    boolean isThere =
        choice != null && choice.message() != null && choice.message().content() != null;
    String answer = isThere ? textOf(choice.message().content()) : "";
    if (answer.isBlank()) {
      throw new ProviderException(Problem.OUTCOME_UNKNOWN, "the answer has no text");
    }
    return answer;
  }

  /** Returns a text, or the joined texts of a list of parts. */
  private static String textOf(JsonValue content) {
    if (content instanceof JsonString text) {
      return text.getString();
    }
    if (content instanceof JsonArray parts) {
      return parts.stream().map(OpenAiChat::textOf).collect(Collectors.joining());
    }
    return content instanceof JsonObject part && part.get("text") != null
        ? textOf(part.get("text"))
        : "";
  }

  private ProviderException problemOf(ErrorAnswer answer) {
    ProviderException problem = problems.of(answer);
    boolean mayBeOptions =
        (answer.status() == 400 || answer.status() == 422)
            && !OF_THE_CONTENT.matcher(answer.body()).find()
            && (problem.problem() == Problem.REFUSED || named(answer).isPresent());
    return mayBeOptions
        ? new OptionRefusedException(
            problem, named(answer).map(EnumSet::of).orElseGet(() -> EnumSet.allOf(Option.class)))
        : problem;
  }

  /** Returns the option that an error answer names. */
  private static Optional<Option> named(ErrorAnswer answer) {
    return Stream.of(Option.values())
        .filter(option -> option.words.matcher(answer.body()).find())
        .findFirst();
  }
}
