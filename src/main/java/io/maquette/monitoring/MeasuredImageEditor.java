package io.maquette.monitoring;

import io.maquette.provider.EditRequest;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.ProviderException;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Decorator that measures the calls to the provider of edits. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public abstract class MeasuredImageEditor implements ImageEditor {

  @Inject @Delegate @Any private ImageEditor provider;
  @Inject private CallTimes times;

  @Override
  public GeneratedPicture edit(EditRequest request) throws ProviderException {
    return times.measure(provider.name(), "edit", () -> provider.edit(request));
  }
}
