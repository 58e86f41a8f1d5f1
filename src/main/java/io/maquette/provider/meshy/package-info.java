/**
 * Models made by Meshy (interface {@code /openapi/v1/image-to-3d}), as its documentation has it
 * (docs.meshy.ai/en/api/image-to-3d).
 *
 * <ol>
 *   <li>The picture shall go along as a data URI, as ours have no public address.
 *   <li>Only a task that still waits is deleted: deleting one that has ended would delete its files
 *       and give no credits back.
 *   <li>If Meshy repeats the key in its words, then no message shall have it.
 * </ol>
 *
 * Out of scope: Meshy's event stream and web hooks (jobs are asked for), words beside the picture
 * (Meshy takes them for textures alone).
 */
package io.maquette.provider.meshy;
