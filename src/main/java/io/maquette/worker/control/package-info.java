/**
 * Limits on requests to providers: circuit breaker, rate limit, pauses by operators, and results
 * that wait for an operator.
 */
package io.maquette.worker.control;
