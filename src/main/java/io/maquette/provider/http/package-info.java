/**
 * Wire code that remote providers share: HTTP outcomes, the {@link io.maquette.provider.Problem}
 * each one means, limits, and downloads of results.
 *
 * <ol>
 *   <li>A call that cannot be started means UNAVAILABLE.
 *   <li>A submission that breaks off after it may have been sent, or whose answer cannot be read,
 *       means OUTCOME_UNKNOWN, never a failed job.
 *   <li>A status request that breaks off means UNAVAILABLE; the job may still succeed.
 *   <li>The HTTP client never repeats a submission by itself. Payara's REST client uses the JDK's
 *       client, which needs {@code -Dsun.net.http.retryPost=false} at server start; {@link
 *       io.maquette.provider.Providers#check} warns if it is missing.
 *   <li>Every answer has a size limit and a time limit.
 *   <li>Keys and contents never reach a log.
 * </ol>
 *
 * <p>Paths are on the methods of a client interface, never on the interface itself: servers would
 * register it as a resource. Headers are method parameters, never declared by {@code
 * ClientHeaderParam} or {@code RegisterClientHeaders}. RESTEasy, WildFly's REST client, keeps their
 * values in a static map (ClientHeaderProviders), and with it the class loader of an undeployed
 * application.
 */
package io.maquette.provider.http;
