package io.maquette.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Interceptor that counts each {@link Counted} call before it proceeds. */
@Counted("")
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class CountedCalls {

  @Inject private MeterRegistry registry;

  @AroundInvoke
  Object count(InvocationContext call) throws Exception {
    registry.counter(call.getMethod().getAnnotation(Counted.class).value()).increment();
    return call.proceed();
  }
}
