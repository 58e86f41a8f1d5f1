/**
 * Model provider for Tripo's own interface, version 3 (developers.tripo3d.ai, as described in
 * November 2026).
 *
 * <ol>
 *   <li>The picture is uploaded first, because Tripo refuses data URIs. An upload is free and may
 *       be repeated.
 *   <li>An error may have HTTP 200; its {@code code} is not 0.
 *   <li>The address of a model is valid for a limited time; each query returns a new one.
 * </ol>
 *
 * Out of scope: words, several views, quads (Tripo then makes FBX) and compressed meshes. Jobs
 * cannot be stopped. A submission with an unknown outcome cannot be recognised, because Tripo's
 * list has only the ids of jobs.
 */
package io.maquette.provider.tripo;
