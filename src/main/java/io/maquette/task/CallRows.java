package io.maquette.task;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The submissions that settlements of one transaction speak of. */
final class CallRows {

  private final EntityManager entities;
  private final Map<Long, ProviderCall> found = new HashMap<>();

  CallRows(EntityManager entities, Collection<Long> numbers) {
    this.entities = entities;
    if (!numbers.isEmpty()) {
      entities
          .createQuery("select c from ProviderCall c where c.id in :ids", ProviderCall.class)
          .setParameter("ids", TaskRows.padded(numbers))
          .getResultList()
          .forEach(call -> found.put(call.id(), call));
    }
  }

  /** One whose number was among those asked for. */
  ProviderCall numbered(long number) {
    return found.get(number);
  }

  /** The submission a job came from; none where its row was never completed. */
  Stream<ProviderCall> ofJob(Claim.Job job) {
    return Ledger.ofJob(entities, job);
  }
}
