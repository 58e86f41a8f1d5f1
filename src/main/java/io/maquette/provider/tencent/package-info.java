/**
 * Models made by Tencent Hunyuan 3D ({@code ai3d}, version 2025-05-13), as its documentation has it
 * (cloud.tencent.com/document/product/1804) and its SDK for Java does it.
 *
 * <ol>
 *   <li>The bytes that are signed shall be the bytes that are sent, on every server.
 *   <li>A job shall be asked for by the action it was submitted by, whatever the settings say by
 *       then.
 *   <li>When the key, the region or the interface itself is not accepted, the message shall tell an
 *       operator what to look at.
 * </ol>
 *
 * Out of scope: pictures by address (ours have no public one), words beside the picture (Tencent
 * takes one or the other), stopping a job (Tencent has no action for it).
 */
package io.maquette.provider.tencent;
