/**
 * What every provider over the network shares: how a call can end and which {@link
 * io.maquette.provider.Problem} that is.
 *
 * <ol>
 *   <li>When a call cannot even be begun, the provider is UNAVAILABLE.
 *   <li>If a submission breaks off after it may have been sent, or its answer cannot be read, its
 *       outcome is OUTCOME_UNKNOWN, never a failure of the job.
 *   <li>If a question breaks off, the provider is UNAVAILABLE; the job may be fine.
 *   <li>No submission shall be sent twice behind our back: the JDK's HTTP client, which Payara's
 *       REST client stands on, is told so by {@code -Dsun.net.http.retryPost=false}, which it reads
 *       when the server starts; {@link io.maquette.provider.Providers#check} warns without it.
 *   <li>No answer shall be larger or slower than its bounds.
 *   <li>Neither keys nor contents shall reach a log.
 * </ol>
 *
 * <p>Paths are at the methods of a client's interface, never at the interface itself: servers would
 * take it for a resource of ours. Headers are parameters of the methods, never declared by {@code
 * ClientHeaderParam} or {@code RegisterClientHeaders}: RESTEasy, WildFly's REST client, keeps what
 * these are at in a static map (ClientHeaderProviders), and with it the application after its
 * undeployment.
 */
package io.maquette.provider.wire;
