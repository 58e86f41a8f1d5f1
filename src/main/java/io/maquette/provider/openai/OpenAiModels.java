package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Retirement;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.RestClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reader of announced shutdowns from the server's list of models. Compatible servers have a list
 * without dates, or none.
 */
@ApplicationScoped
public class OpenAiModels {

  private OpenAiModelsClient client;
  private Settings settings;

  /** For CDI. */
  protected OpenAiModels() {}

  @Produces
  static OpenAiModelsClient client(RestClients clients, Settings settings) {
    return clients.make(
        OpenAiModelsClient.class,
        "openai-models",
        OpenAiAddress.of(settings),
        ProviderSetting.OPENAI_URL);
  }

  @Inject
  OpenAiModels(OpenAiModelsClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Returns the announced shutdown of the model in a setting; an empty list if there is none.
   *
   * @throws ProviderException if the server has no such list, or cannot answer now
   */
  List<Retirement> retirementsOf(Setting<String> setting) throws ProviderException {
    String model = settings.get(setting);
    String key = settings.get(ProviderSetting.OPENAI_KEY);
    OpenAiProblems problems = new OpenAiProblems(key, setting);
    OpenAiModelsClient.Models models =
        new Calls(problems::of, problems::of)
            .to(ProviderSetting.OPENAI_URL, settings)
            .ask(() -> client.list("Bearer " + key));
    return Stream.ofNullable(models.data())
        .flatMap(List::stream)
        .filter(one -> one != null && model.equals(one.id()))
        .map(one -> dateOf(one.shutdownDate()))
        .filter(Objects::nonNull)
        .map(time -> new Retirement("openai", setting.name(), null, time, null, null))
        .toList();
  }

  private static Instant dateOf(String text) {
    try {
      return text == null
          ? null
          : LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
