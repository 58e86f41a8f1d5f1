package io.maquette.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

/** Registry of the steps of all jobs, by name. */
@ApplicationScoped
public class BatchSteps {

  @Inject @Any private Instance<BatchStep<?>> steps;

  /** Finds a step; only the step itself knows the type of its items. */
  @SuppressWarnings("unchecked")
  BatchStep<Object> named(String step) {
    return (BatchStep<Object>) steps.select(NamedLiteral.of(step)).get();
  }
}
