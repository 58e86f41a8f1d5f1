/**
 * Model provider for Tencent Hunyuan 3D ({@code ai3d}, version 2025-05-13), by its documentation
 * (cloud.tencent.com/document/product/1804) and its SDK for Java. Tencent sells nothing new on this
 * platform (1804/123461, read 2026-11-30); {@link io.maquette.provider.tokenhub} is its successor.
 *
 * <ol>
 *   <li>The signed bytes are the sent bytes, on every server.
 *   <li>A job is queried with the action of its submission's tier, regardless of the current
 *       settings.
 *   <li>If Tencent refuses the key, the region or the interface itself, the message names the
 *       setting to check.
 * </ol>
 *
 * Out of scope: pictures by address (they have no public one), and words in addition to the picture
 * (Tencent accepts one or the other). Jobs cannot be stopped, because Tencent has no action for it.
 */
package io.maquette.provider.tencent;
