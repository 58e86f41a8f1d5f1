package io.maquette.provider.openai;

import io.maquette.asset.Downloads;
import io.maquette.asset.FileType;
import io.maquette.platform.ProviderSetting;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.Deadline;
import io.maquette.provider.Drawing;
import io.maquette.provider.EditRequest;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.Answered;
import io.maquette.provider.wire.Calls;
import io.maquette.provider.wire.Circuit;
import io.maquette.provider.wire.Form;
import io.maquette.provider.wire.RequiredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * New versions of pictures from OpenAI or a server that speaks its interface; the rest is as with
 * {@link OpenAiImageProvider}.
 */
@ApplicationScoped
@Named("openai")
public class OpenAiImageEditor implements ImageEditor {

  private OpenAiImageClient client;
  private String key;
  private String model;
  private String size;
  private String responseFormat;
  private Calls calls;
  private OpenAiDrawings drawings;

  /** For CDI. */
  protected OpenAiImageEditor() {}

  @Inject
  OpenAiImageEditor(OpenAiImageClient client, Settings settings, Downloads downloads) {
    this.client = client;
    key = settings.get(ProviderSetting.OPENAI_KEY);
    model = settings.get(ProviderSetting.OPENAI_EDIT_MODEL);
    size = settings.get(ProviderSetting.OPENAI_SIZE);
    responseFormat = settings.get(ProviderSetting.OPENAI_RESPONSE_FORMAT);
    OpenAiProblems problems = new OpenAiProblems(key);
    calls = new Calls(problems::of, problems::of);
    drawings = new OpenAiDrawings(downloads, problems);
  }

  @Override
  public void check() {
    RequiredKey.check(key, ProviderSetting.OPENAI_KEY, Setting.EDIT_PROVIDER, name());
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = Circuit.SUBMISSIONS,
      failureRatio = Circuit.FAILURES,
      delay = Circuit.PAUSE)
  public Drawing edit(EditRequest request) throws ProviderException {
    Deadline deadline = Deadline.after(request.timeout());
    byte[] form = form(request);
    return drawings.of(
        calls.submit(
            () ->
                Answered.read(
                    client.edit("Bearer " + key, form), OpenAiImageClient.Generated.class)),
        deadline);
  }

  private byte[] form(EditRequest request) {
    Picture picture = request.picture();
    String extension = FileType.ofMediaType(picture.mediaType()).extension();
    Form form =
        new Form()
            .text("model", model)
            .text("prompt", request.instruction())
            .text("n", "1")
            .text("size", size)
            .file("image", "image." + extension, picture.mediaType(), picture.content());
    if (!responseFormat.equals("none")) {
      form.text("response_format", responseFormat);
    }
    return form.body();
  }
}
