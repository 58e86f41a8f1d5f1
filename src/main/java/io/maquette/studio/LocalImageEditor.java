package io.maquette.studio;

import io.maquette.provider.Drawing;
import io.maquette.provider.EditRequest;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;

/**
 * Changes pictures on this machine, without key or network: colours, what something is made of, one
 * of four styles, and the background, as far as its words are known.
 */
@ApplicationScoped
@Named("local")
public class LocalImageEditor implements ImageEditor {

  @Override
  public boolean costs() {
    return false;
  }

  @Override
  public Drawing edit(EditRequest request) throws ProviderException {
    Alteration wish = Alteration.of(request.instruction());
    if (wish.isNothing()) {
      throw new ProviderException(
          Problem.REFUSED, "it names no colour, material, style or background to change to");
    }
    BufferedImage picture = Foreground.decoded(request.picture());
    long seed = LocalImageProvider.seed(request.instruction());
    byte[] content =
        PictureFile.of(Retouching.of(picture, wish, seed), "png", LocalImageProvider.PNG_QUALITY);
    return new Drawing(new Picture(content, "image/png"), null, null);
  }
}
