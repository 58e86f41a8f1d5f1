package io.maquette.monitoring;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.ProviderException;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Decorator that measures the calls to the provider of pictures. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public abstract class MeasuredImageProvider implements ImageProvider {

  @Inject @Delegate @Any private ImageProvider provider;
  @Inject private CallTimes times;

  @Override
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    return times.measure(provider.name(), "generate", () -> provider.generate(request));
  }
}
