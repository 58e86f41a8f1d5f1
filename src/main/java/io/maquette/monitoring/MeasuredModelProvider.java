package io.maquette.monitoring;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Decorator that measures the calls to the providers of models. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public abstract class MeasuredModelProvider implements ModelProvider {

  @Inject @Delegate @Any private ModelProvider provider;
  @Inject private CallTimes times;

  @Override
  public Submission submit(ModelRequest request) throws ProviderException {
    return times.measure(provider.name(), "submit", () -> provider.submit(request));
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    return times.measure(provider.name(), "query", () -> provider.query(jobId));
  }

  @Override
  public Cancellation cancel(String jobId) throws ProviderException {
    return times.measure(provider.name(), "cancel", () -> provider.cancel(jobId));
  }
}
