package io.maquette.it.scripted;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.ProviderException;
import io.maquette.studio.LocalImageProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The local pictures, after whatever the script says. */
@ApplicationScoped
@Named("scripted")
public class ScriptedImageProvider implements ImageProvider {

  @Inject private LocalImageProvider local;

  @Override
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    Script.follow(request.prompt(), Script.Point.IMAGE);
    return local.generate(request);
  }
}
