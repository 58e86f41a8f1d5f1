package io.maquette.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Retirement;
import io.maquette.provider.http.RestClients;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of announced shutdowns in the list of models. */
class OpenAiModelsTest {

  private final OpenAiSimulator simulator = new OpenAiSimulator();

  @AfterEach
  void close() {
    assertThat(simulator.complaints()).isEmpty();
    simulator.close();
  }

  private OpenAiModels models(String chatModel) {
    Map<String, String> values =
        Map.of(
            "maquette.openai.api-key",
            PictureSimulator.KEY,
            "maquette.openai.chat-model",
            chatModel);
    return new OpenAiModels(
        RestClients.builder(URI.create(simulator.url() + "/v1"), 2_000, 2_000)
            .build(OpenAiModelsClient.class),
        Settings.read(name -> Optional.ofNullable(values.get(name))));
  }

  private List<Retirement> retirementsOf(String chatModel) throws ProviderException {
    return models(chatModel).retirementsOf(ProviderSetting.OPENAI_CHAT_MODEL);
  }

  @Test
  void an_announced_shutdown_names_the_setting_and_its_date() throws ProviderException {
    assertThat(retirementsOf("gpt-4o-mini"))
        .containsExactly(
            new Retirement(
                "openai",
                "maquette.openai.chat-model",
                null,
                Instant.parse("2027-01-14T00:00:00Z"),
                null,
                null));
  }

  @Test
  void the_defaults_have_no_announced_shutdown() throws ProviderException {
    assertThat(retirementsOf(ProviderSetting.OPENAI_CHAT_MODEL.defaultText())).isEmpty();
    assertThat(models("x").retirementsOf(ProviderSetting.OPENAI_MODEL)).isEmpty();
    assertThat(models("x").retirementsOf(ProviderSetting.OPENAI_EDIT_MODEL)).isEmpty();
    assertThat(simulator.received(simulator::isList)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":[null,{},{\"id\":null}]}",
        "{\"data\":[{\"id\":\"m\"}]}",
        "{\"data\":[{\"id\":\"m\",\"shutdown_date\":\"soon\"}]}",
        "{\"data\":[{\"id\":\"m\",\"shutdown_date\":\"2027-13-45\"}]}",
        "{\"data\":[{\"id\":\"m\",\"shutdown_date\":{\"at\":1}}]}",
        "{\"data\":{\"id\":\"m\",\"shutdown_date\":\"\"}}"
      })
  void a_list_without_a_date_announces_nothing(String body) throws ProviderException {
    simulator.next(simulator::isList, Simulator.instead(Answer.json(200, body)));
    assertThat(retirementsOf("m")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500})
  void a_server_without_the_list_is_no_more_than_a_failed_question(int status) {
    simulator.next(simulator::isList, Simulator.instead(Answer.json(status, "{}")));
    assertThat(catchThrowableOfType(ProviderException.class, () -> retirementsOf("m"))).isNotNull();
  }
}
