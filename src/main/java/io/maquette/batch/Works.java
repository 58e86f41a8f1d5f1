package io.maquette.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

/** What the steps of all jobs do, by their names. */
@ApplicationScoped
public class Works {

  @Inject @Any private Instance<BatchStep<?>> works;

  /** What a step does; its items are known to itself alone. */
  @SuppressWarnings("unchecked")
  BatchStep<Object> named(String step) {
    return (BatchStep<Object>) works.select(NamedLiteral.of(step)).get();
  }
}
