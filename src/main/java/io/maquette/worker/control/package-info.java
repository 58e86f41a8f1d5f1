/**
 * Limits on calls to providers: circuit breaker state, rate limit, pauses by operators, and results
 * that wait for an operator.
 */
package io.maquette.worker.control;
