package io.maquette.worker;

import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.task.submission.PaidResult;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Request to a provider that may cost money.
 *
 * @param <T> answer of the provider
 */
interface PaidRequest<T> {

  /**
   * Sends the request.
   *
   * @param call ledger row of the submission
   * @param paid receives the URL of the result before the result is fetched
   */
  T send(long call, Consumer<ResultAddress> paid) throws ProviderException;

  /**
   * Looks for the result of an earlier request with unknown outcome.
   *
   * @param call ledger row of the earlier request
   * @param submittedAt when the earlier request was sent
   * @param isKnown whether a provider job belongs to another submission
   * @param paid receives the URL of the result before the result is fetched
   */
  default Optional<T> find(
      long call, Instant submittedAt, Predicate<String> isKnown, Consumer<ResultAddress> paid)
      throws ProviderException {
    return Optional.empty();
  }

  /** Fetches the paid result of an earlier request. */
  default T fetch(PaidResult result) throws ProviderException {
    throw new IllegalStateException("a model is fetched by its provider job");
  }
}
