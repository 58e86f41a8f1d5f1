package io.maquette.provider.siliconflow;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Deadline;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.http.Answered;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultPictures;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Image provider for SiliconFlow. One call draws and waits; it ends shortly before the picture's
 * deadline ({@link RestClients#makeWaiting}). A picture cannot be cancelled, and one whose answer
 * is lost cannot be found again.
 */
@ApplicationScoped
@Named("siliconflow")
public class SiliconFlowImageProvider implements ImageProvider {

  /**
   * Observed hosts of results; the documentation names none. Both domains belong to SiliconFlow
   * (siliconflow.com is the international service). Bucket names are unique over all regions of
   * Alibaba Cloud's OSS, so no other account can have the bucket {@code sc-maas}.
   */
  static final List<String> RESULT_HOSTS =
      List.of(".siliconflow.cn", ".siliconflow.com", "sc-maas.oss-*.aliyuncs.com");

  /** Validity of an address (images/generations, field url). */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private SiliconFlowClient client;
  private String key;
  private String model;
  private String size;
  private Calls calls;
  private ResultPictures pictures;

  /** For CDI. */
  protected SiliconFlowImageProvider() {}

  @Produces
  static SiliconFlowClient client(RestClients clients, Settings settings) {
    return clients.makeWaiting(
        SiliconFlowClient.class,
        "siliconflow",
        address(settings),
        settings,
        ProviderSetting.SILICONFLOW_MODEL);
  }

  private static URI address(Settings settings) {
    return BaseAddress.versioned(
        settings.get(ProviderSetting.SILICONFLOW_URL), "images/generations", "chat/completions");
  }

  @Inject
  SiliconFlowImageProvider(SiliconFlowClient client, Settings settings, Downloads downloads) {
    this.client = client;
    key = settings.get(ProviderSetting.SILICONFLOW_KEY);
    model = settings.get(ProviderSetting.SILICONFLOW_MODEL);
    size = settings.get(ProviderSetting.SILICONFLOW_SIZE);
    SiliconFlowProblems problems = new SiliconFlowProblems(key);
    calls =
        new Calls(this, problems::of, problems::of).to(ProviderSetting.SILICONFLOW_URL, settings);
    pictures = new ResultPictures(downloads, RESULT_HOSTS, address(settings));
  }

  @Override
  public ImageCapabilities capabilities() {
    return SiliconFlowModels.capabilities(model);
  }

  @Override
  public void check() {
    RequiredKey.check(key, ProviderSetting.SILICONFLOW_KEY, Setting.IMAGE_PROVIDER, name());
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    Deadline deadline = Deadline.after(request.timeout());
    SiliconFlowClient.Generation generation =
        new SiliconFlowClient.Generation(
            model,
            request.prompt(),
            capabilities().sizeFor(request.options()).orElse(size),
            request.options().negativePrompt().orElse(null),
            request.options().seed().orElse(null));
    Answered<SiliconFlowClient.Generated> answer =
        calls.submit(
            () ->
                Answered.read(
                    client.generate("Bearer " + key, generation),
                    SiliconFlowClient.Generated.class));
    SiliconFlowClient.Image image =
        ResultPictures.first(
            answer.content().images(), drawn -> drawn.url() != null && !drawn.url().isBlank());
    ResultAddress address = new ResultAddress(image.url(), LIFETIME, null, answer.requestId());
    return new GeneratedPicture(
        pictures.ofAddress(address, request.paid(), deadline), null, answer.requestId());
  }

  @Override
  public Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    return pictures.at(url, Deadline.after(timeout));
  }
}
