package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.EditRequest;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.Retirement;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.Form;
import io.maquette.storage.Downloads;
import io.maquette.storage.FileType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** Image editor for OpenAI and compatible servers; otherwise like {@link OpenAiImageProvider}. */
@ApplicationScoped
@Named("openai")
public class OpenAiImageEditor implements ImageEditor {

  private OpenAiImageClient client;
  private String model;
  private OpenAiDrawings drawings;
  private OpenAiModels models;

  /** For CDI. */
  protected OpenAiImageEditor() {}

  @Inject
  OpenAiImageEditor(
      OpenAiImageClient client, OpenAiModels models, Settings settings, Downloads downloads) {
    this.client = client;
    this.models = models;
    model = settings.get(ProviderSetting.OPENAI_EDIT_MODEL);
    drawings = new OpenAiDrawings(this, settings, ProviderSetting.OPENAI_EDIT_MODEL, downloads);
  }

  @Override
  public void check() {
    drawings.check(Setting.EDIT_PROVIDER, name());
  }

  @Override
  public List<Retirement> announcedRetirements() throws ProviderException {
    return models.retirementsOf(ProviderSetting.OPENAI_EDIT_MODEL);
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public GeneratedPicture edit(EditRequest request) throws ProviderException {
    byte[] form = form(request);
    return drawings.draw(
        authorization -> client.edit(authorization, form), request.timeout(), request.paid());
  }

  @Override
  public Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    return drawings.fetch(url, timeout);
  }

  private byte[] form(EditRequest request) {
    Picture picture = request.picture();
    String extension = FileType.ofMediaType(picture.mediaType()).extension();
    Form form =
        new Form()
            .text("model", model)
            .text("prompt", request.instruction())
            .text("n", "1")
            .text("size", drawings.size())
            .file("image", "image." + extension, picture.mediaType(), picture.content());
    if (drawings.quality() != null) {
      form.text("quality", drawings.quality());
    }
    if (drawings.responseFormat() != null) {
      form.text("response_format", drawings.responseFormat());
    }
    return form.body();
  }
}
