package io.maquette.studio;

import io.maquette.provider.EditRequest;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;

/**
 * Image editor on this machine, without key or network. It changes colours, the material, one of
 * four styles, and the background, if it knows the words of the instruction.
 */
@ApplicationScoped
@Named("local")
public class LocalImageEditor implements ImageEditor {

  @Override
  public boolean costs() {
    return false;
  }

  @Override
  public GeneratedPicture edit(EditRequest request) throws ProviderException {
    Alteration wish = Alteration.of(request.instruction());
    if (wish.isNothing()) {
      throw new ProviderException(
          Problem.REFUSED, "the instruction names no colour, material, style or background");
    }
    BufferedImage picture = Foreground.decoded(request.picture());
    long seed = LocalImageProvider.seed(request.instruction());
    byte[] content =
        PictureEncoder.of(
            Retouching.of(picture, wish, seed), "png", LocalImageProvider.PNG_QUALITY);
    return new GeneratedPicture(new Picture(content, "image/png"), null, null);
  }
}
