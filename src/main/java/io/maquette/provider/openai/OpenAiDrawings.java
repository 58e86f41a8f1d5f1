package io.maquette.provider.openai;

import io.maquette.asset.Downloads;
import io.maquette.provider.Deadline;
import io.maquette.provider.Drawing;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.Answered;
import io.maquette.provider.wire.ResultPictures;
import java.util.List;

/** Makes the picture of an answer, which comes as base64 or as an address. */
final class OpenAiDrawings {

  /**
   * Where OpenAI's own results lie, by the examples in its API reference. Those of other servers
   * are for the operator to name.
   */
  static final List<String> RESULT_HOSTS = List.of("oaidalleapiprodscus.blob.core.windows.net");

  private final ResultPictures pictures;
  private final OpenAiProblems problems;

  OpenAiDrawings(Downloads downloads, OpenAiProblems problems) {
    this.pictures = new ResultPictures(downloads, RESULT_HOSTS);
    this.problems = problems;
  }

  /**
   * The picture.
   *
   * @param deadline when it should be there, where it is to be fetched
   */
  Drawing of(Answered<OpenAiImageClient.Generated> answer, Deadline deadline)
      throws ProviderException {
    if (answer.content().error() != null) {
      throw problems.of(answer.content().error());
    }
    OpenAiImageClient.Image image =
        ResultPictures.first(
            answer.content().data(), drawn -> drawn.base64() != null || drawn.url() != null);
    Picture picture =
        image.base64() == null
            ? pictures.at(image.url(), deadline)
            : ResultPictures.of(image.base64());
    return new Drawing(picture, null, answer.requestId());
  }
}
