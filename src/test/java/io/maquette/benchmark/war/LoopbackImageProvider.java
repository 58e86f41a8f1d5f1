package io.maquette.benchmark.war;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;

/** Pictures from the loopback provider, paid for as far as the ledger knows. */
@ApplicationScoped
@Named("loopback")
public class LoopbackImageProvider implements ImageProvider {

  private LoopbackClient client;

  @PostConstruct
  void connect() {
    client = new LoopbackClient(URI.create(System.getenv("BENCHMARK_PROVIDER")));
  }

  @Override
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    try {
      return new GeneratedPicture(new Picture(client.picture(), "image/png"), null, null);
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, "loopback", e);
    }
  }
}
