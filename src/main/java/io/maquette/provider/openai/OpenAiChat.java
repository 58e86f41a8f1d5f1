package io.maquette.provider.openai;

import io.maquette.platform.ProviderSetting;
import io.maquette.platform.Settings;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.Calls;
import io.maquette.provider.wire.Circuit;
import io.maquette.provider.wire.RestClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Asks the chat model for JSON. A bean of its own, so that its circuit sees the failures that
 * {@link OpenAiPromptVariants} makes up for, and pictures do not wait for a server that is down.
 */
@ApplicationScoped
public class OpenAiChat {

  private OpenAiChatClient client;
  private String key;
  private String model;
  private OpenAiProblems problems;
  private Calls calls;

  /** For CDI. */
  protected OpenAiChat() {}

  @Produces
  static OpenAiChatClient client(RestClients clients, Settings settings) {
    return clients.make(
        OpenAiChatClient.class, "openai-chat", settings.get(ProviderSetting.OPENAI_URL));
  }

  @Inject
  OpenAiChat(OpenAiChatClient client, Settings settings) {
    this.client = client;
    key = settings.get(ProviderSetting.OPENAI_KEY);
    model = settings.get(ProviderSetting.OPENAI_CHAT_MODEL);
    problems = new OpenAiProblems(key);
    calls = new Calls(problems::of, problems::of);
  }

  /**
   * Puts one question.
   *
   * @param task what the model shall do; must contain the word JSON
   * @param words what the user says
   * @return what the model answers, most likely a JSON object; may be blank
   * @throws ProviderException with the {@link Problem} there was
   */
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = Circuit.SUBMISSIONS,
      failureRatio = Circuit.FAILURES,
      delay = Circuit.PAUSE)
  public String answerTo(String task, String words) throws ProviderException {
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
                        0,
                        new OpenAiChatClient.Format("json_object"))));
    List<OpenAiChatClient.Choice> choices = completion.choices();
    OpenAiChatClient.Choice choice = choices == null || choices.isEmpty() ? null : choices.get(0);
    if (completion.error() != null && choice == null) {
      throw problems.of(completion.error());
    }
    if (choice == null || choice.message() == null || choice.message().content() == null) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no words");
    }
    return choice.message().content();
  }
}
