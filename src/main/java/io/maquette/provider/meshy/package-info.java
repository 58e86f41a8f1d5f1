/**
 * Model provider for Meshy (interface {@code /openapi/v1/image-to-3d}), by its documentation
 * (docs.meshy.ai/en/api/image-to-3d, docs.meshy.ai/api/deprecations, read 2026-11-30).
 *
 * <ol>
 *   <li>Pictures are sent as data URIs, because they have no public address.
 *   <li>Only a queued task is deleted. Deleting a finished one would delete its files and refund no
 *       credits.
 *   <li>If Meshy repeats the key in its words, no message contains it.
 * </ol>
 *
 * Out of scope: Meshy's event stream and webhooks (jobs are polled), words in addition to the
 * picture (Meshy uses them for textures only).
 */
package io.maquette.provider.meshy;
