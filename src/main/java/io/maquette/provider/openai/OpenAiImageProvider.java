package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.Retirement;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RestClients;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Image provider for OpenAI and compatible servers. It accepts base64 and addresses. One call draws
 * and waits; it ends shortly before the picture's deadline ({@link RestClients#makeWaiting}). A
 * picture cannot be cancelled, and one whose answer is lost cannot be found again.
 */
@ApplicationScoped
@Named("openai")
public class OpenAiImageProvider implements ImageProvider {

  private OpenAiImageClient client;
  private String model;
  private OpenAiDrawings drawings;
  private OpenAiModels models;

  /** For CDI. */
  protected OpenAiImageProvider() {}

  @Produces
  static OpenAiImageClient client(RestClients clients, Settings settings) {
    return clients.makeWaiting(
        OpenAiImageClient.class,
        "openai",
        OpenAiAddress.of(settings),
        settings,
        ProviderSetting.OPENAI_MODEL,
        ProviderSetting.OPENAI_EDIT_MODEL);
  }

  @Inject
  OpenAiImageProvider(
      OpenAiImageClient client, OpenAiModels models, Settings settings, Downloads downloads) {
    this.client = client;
    this.models = models;
    model = settings.get(ProviderSetting.OPENAI_MODEL);
    drawings = new OpenAiDrawings(this, settings, ProviderSetting.OPENAI_MODEL, downloads);
  }

  @Override
  public ImageCapabilities capabilities() {
    return ModelFamily.capabilities(model);
  }

  @Override
  public void check() {
    drawings.check(Setting.IMAGE_PROVIDER, name());
  }

  @Override
  public List<Retirement> announcedRetirements() throws ProviderException {
    return models.retirementsOf(ProviderSetting.OPENAI_MODEL);
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    OpenAiImageClient.Generation generation =
        new OpenAiImageClient.Generation(
            model,
            request.prompt(),
            1,
            capabilities().sizeFor(request.options()).orElseGet(drawings::size),
            request.options().quality().orElseGet(drawings::quality),
            drawings.responseFormat());
    return drawings.draw(
        authorization -> client.generate(authorization, generation),
        request.timeout(),
        request.paid());
  }

  @Override
  public Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    return drawings.fetch(url, timeout);
  }
}
