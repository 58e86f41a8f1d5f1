package io.maquette.it.scripted;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.ProviderException;
import io.maquette.studio.LocalImageProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The local pictures at a pace at which a process can be killed in between. */
@ApplicationScoped
@Named("slow")
public class SlowImageProvider implements ImageProvider {

  private static final Duration PACE = Duration.ofMillis(700);

  @Inject private LocalImageProvider local;

  @Override
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    LockSupport.parkNanos(PACE.toNanos());
    return local.generate(request);
  }
}
