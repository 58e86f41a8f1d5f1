/**
 * Model provider for Tencent TokenHub, the platform on which Tencent sells its Hunyuan 3D models to
 * new customers (cloud.tencent.com/document/product/1823/130082, 137181 and 137175, read
 * 2026-11-30).
 *
 * <ol>
 *   <li>A job is queried with the model of its submission, regardless of the current settings.
 *   <li>If TokenHub refuses the key or the model, the message names the setting to check.
 * </ol>
 *
 * Out of scope: pictures by address (they have no public one), several views, words in addition to
 * the picture (TokenHub accepts one or the other), and TokenHub's Tripo and Rodin models, which
 * need a public address. Jobs cannot be stopped or listed, because TokenHub has no function for it.
 */
package io.maquette.provider.tokenhub;
