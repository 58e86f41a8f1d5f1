package io.maquette.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

/** What the steps of all jobs do, by their names. */
@ApplicationScoped
public class Works {

  @Inject @Any private Instance<Work<?>> works;

  /** What a step does; its items are known to itself alone. */
  @SuppressWarnings("unchecked")
  Work<Object> named(String step) {
    return (Work<Object>) works.select(NamedLiteral.of(step)).get();
  }
}
