package io.maquette.provider.openai;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Deadline;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.Picture;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.http.Answered;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.ResultPictures;
import io.maquette.storage.Downloads;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Common part of drawing and editing pictures: the key, the call, and its answer. */
final class OpenAiDrawings {

  /**
   * Hosts of OpenAI's own results, by the examples in its API reference. Operators name those of
   * other servers.
   */
  static final List<String> RESULT_HOSTS = List.of("oaidalleapiprodscus.blob.core.windows.net");

  /** Time that OpenAI keeps a picture at its address (Image generation guide). */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final String key;
  private final String size;
  private final String quality;
  private final String responseFormat;
  private final OpenAiProblems problems;
  private final Calls calls;
  private final ResultPictures pictures;

  /**
   * Creates the calls with the key and options of the settings.
   *
   * @param provider provider that makes the calls
   * @param model setting of the model to call
   */
  OpenAiDrawings(Provider provider, Settings settings, Setting<String> model, Downloads downloads) {
    key = settings.get(ProviderSetting.OPENAI_KEY);
    size = settings.get(ProviderSetting.OPENAI_SIZE);
    String wanted = settings.get(ProviderSetting.OPENAI_QUALITY);
    quality = wanted.equals("none") ? null : wanted;
    String format = settings.get(ProviderSetting.OPENAI_RESPONSE_FORMAT);
    responseFormat =
        format.equals("none") || ModelFamily.refusesResponseFormat(settings.get(model))
            ? null
            : format;
    problems = new OpenAiProblems(key, model);
    calls =
        new Calls(provider, problems::of, problems::of).to(ProviderSetting.OPENAI_URL, settings);
    pictures = new ResultPictures(downloads, RESULT_HOSTS, OpenAiAddress.of(settings));
  }

  /**
   * Checks that there is a key.
   *
   * @param choice the setting that names the provider
   * @throws IllegalStateException naming both settings
   */
  void check(Setting<?> choice, String provider) {
    RequiredKey.check(key, ProviderSetting.OPENAI_KEY, choice, provider);
  }

  /** Returns the requested size. */
  String size() {
    return size;
  }

  /** Returns the requested quality; null if the setting is empty. */
  String quality() {
    return quality;
  }

  /** Returns the requested form of the result; null to omit the field. */
  String responseFormat() {
    return responseFormat;
  }

  /**
   * Makes a call and reads the picture from its answer, as base64 or from an address.
   *
   * @param call takes the authorization header; its answer is closed here
   * @param time for the call and, if the result is an address, for the download
   * @param paid receives the address before the download
   */
  GeneratedPicture draw(
      Function<String, Response> call, Duration time, Consumer<ResultAddress> paid)
      throws ProviderException {
    Deadline deadline = Deadline.after(time);
    Answered<OpenAiImageClient.Generated> answer =
        calls.submit(
            () -> Answered.read(call.apply("Bearer " + key), OpenAiImageClient.Generated.class));
    if (answer.content().error() != null && isEmpty(answer.content().data())) {
      throw problems.of(answer.content().error());
    }
    OpenAiImageClient.Image image =
        ResultPictures.first(
            answer.content().data(), drawn -> isThere(drawn.base64()) || isThere(drawn.url()));
    Picture picture =
        isThere(image.base64())
            ? pictures.ofBase64(lyingAt(image.base64(), answer), paid, deadline)
            : pictures.ofAddress(lyingAt(image.url(), answer), paid, deadline);
    return new GeneratedPicture(picture, null, answer.requestId());
  }

  private static ResultAddress lyingAt(String url, Answered<?> answer) {
    return new ResultAddress(url, LIFETIME, null, answer.requestId());
  }

  /** Downloads a picture again. */
  Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    return pictures.at(url, Deadline.after(timeout));
  }

  private static boolean isEmpty(List<?> data) {
    return data == null || data.stream().allMatch(Objects::isNull);
  }

  private static boolean isThere(String text) {
    return text != null && !text.isBlank();
  }
}
