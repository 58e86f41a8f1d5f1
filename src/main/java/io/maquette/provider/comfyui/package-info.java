/**
 * Model provider for a ComfyUI server of the operator, by its native interface (server.py and
 * execution.py of ComfyUI 0.38, read 2026-11-30).
 *
 * <ol>
 *   <li>The operator's file has the workflow in ComfyUI's API format. Its named inputs get the
 *       picture, the seed and the number of faces.
 *   <li>Maquette chooses the id of the job. A submission with an unknown outcome is looked up by
 *       that id before another one is made.
 *   <li>A query reads the queue first and then the history, because a job moves from the one to the
 *       other.
 * </ol>
 *
 * Out of scope: the Comfy API v2, keys, pictures, and the progress within a workflow.
 */
package io.maquette.provider.comfyui;
